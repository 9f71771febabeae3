using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Who changes something, why and when.</summary>
internal sealed record ChangeNote(Caller Caller, string? Reason, DateOnly EffectiveOn, DateTimeOffset Now)
{
    private const int MaxRequestId = 200;

    /// <summary>How exact <see cref="EffectiveOn"/>, its first day, was told.</summary>
    public DatePrecision EffectivePrecision { get; init; }

    /// <summary>What its rules were held against that the caller may not read; owed to the disclosure log, whatever becomes of the change.</summary>
    public Comparisons Compared { get; } = new(Caller);

    /// <summary>The request's id as rows keep it.</summary>
    public static string? RequestId(Caller caller) =>
        caller.RequestId is { Length: > MaxRequestId } id ? id[..MaxRequestId] : caller.RequestId;

    /// <summary>Now, in UTC and whole microseconds, which both databases keep.</summary>
    public static DateTimeOffset Moment(TimeProvider time) => Stored(time.GetUtcNow());

    /// <summary>A moment as both databases keep it: UTC, to the microsecond.</summary>
    public static DateTimeOffset Stored(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public static ChangeNote By(Caller caller, string? reason, PartialDate? effectiveOn, TimeProvider time)
    {
        var now = Moment(time);
        var since = effectiveOn ?? PartialDate.Of(DateOnly.FromDateTime(now.UtcDateTime));
        return new ChangeNote(caller, reason, since.Earliest, now) { EffectivePrecision = since.Precision };
    }
}
