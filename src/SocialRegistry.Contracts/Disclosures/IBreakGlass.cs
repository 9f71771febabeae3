namespace SocialRegistry.Contracts;

/// <summary>
/// Reads one record past the caller's areas, population and sights, for a reason that is stored and looked at. The answer is the whole of
/// it: no right is given that lasts.
/// </summary>
public interface IBreakGlass
{
    /// <summary>
    /// Shows the values and identifiers of one person or group in the clear, archived ones too. Permission
    /// <c>registrants:break-glass</c>; staff only. An alert and the disclosure are stored before it answers. Memberships and
    /// relationships name others and are not shown. <c>glass.too_many</c> above <c>Registry:Alerts:GlassPerHour</c>.
    /// </summary>
    Task<Outcome<RegistrantView>> OpenAsync(
        RegistrantId registrant,
        GlassBreak request,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>What is to be read past one's rights, and why.</summary>
public sealed record GlassBreak
{
    /// <summary>Why, for those who look at the alert: one line of 1 to 500 characters. Stored protected.</summary>
    public required string Reason { get; init; }

    /// <summary>1 to 200 fields and identifier types, or <c>identifiers</c>; absent means all values and identifiers.</summary>
    public IReadOnlyList<string>? Fields { get; init; }
}
