using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>Which past state is asked for: a version, or a moment of recorded time and a day in life, each of which may be absent.</summary>
internal sealed record PastPoint
{
    public long? Number { get; init; }

    public string? Name { get; init; }

    /// <summary>Absent with a day: by what the register knows now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public DateOnly? Day { get; init; }

    /// <summary>What a reader asks for; the problem when it contradicts itself.</summary>
    public static Outcome<PastPoint> From(ReadOptions options, TimeProvider time) =>
        (options.Version is not null || options.NamedVersion is not null)
        && (
            options.AsOf is not null
            || options.Effective is not null
            || (options.Version is not null && options.NamedVersion is not null)
        )
            ? VersionProblems.OnePast
        : options.AsOf > time.GetUtcNow() + VersionProblems.Ahead ? VersionProblems.Future
        : !ValueLimits.IsPlausible(options.Effective) ? VersionProblems.Day("effective")
        : new PastPoint
        {
            Number = options.Version,
            Name = options.NamedVersion,
            AsOf = options.AsOf,
            Day = options.Effective,
        };

    public static Outcome<PastPoint> From(VersionPoint point, TimeProvider time) =>
        From(
            new ReadOptions
            {
                Version = point.Number,
                NamedVersion = point.Name,
                AsOf = point.At,
            },
            time
        );
}

/// <summary>A record as it stood.</summary>
/// <param name="Entry">The newest version that counts.</param>
/// <param name="Record">The record with the document of then.</param>
internal sealed record VersionThen(VersionEntry Entry, OpenRecord Record) : IDisposable
{
    /// <summary>The last moment at which this stood; absent: it stands now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When the version after <see cref="Entry"/> was recorded; absent: there is none.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The day in life that was asked for.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>False when the keys are those of the record that stands, which outlives this one.</summary>
    public bool IsOwner { get; init; } = true;

    public void Dispose()
    {
        if (IsOwner)
        {
            Record.Dispose();
        }
    }
}
