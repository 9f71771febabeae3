namespace SocialRegistry.Registry.Relationships;

/// <summary>The days on which a couple was surely married: from the first one to the one before the last. Days that are not known are in no period.</summary>
internal readonly record struct SpousePeriod(DateOnly From, DateOnly To)
{
    /// <summary><c>null</c> when no day is certain.</summary>
    /// <param name="today">A marriage that stands holds today at least.</param>
    public static SpousePeriod? Of(SpouseState state, DateOnly today) =>
        state switch
        {
            { IsMarried: false } => null,
            { IsSeparated: false } => new SpousePeriod(state.MarriedOn ?? today, DateOnly.MaxValue),
            { MarriedOn: { } from, SeparatedOn: { } to } => new SpousePeriod(from, to),
            _ => null,
        };

    /// <summary>True when both were married on one day at least; the day of a separation may be that of the next marriage.</summary>
    public bool Overlaps(SpousePeriod other) =>
        (From > other.From ? From : other.From) < (To < other.To ? To : other.To);
}
