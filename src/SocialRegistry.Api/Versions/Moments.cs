using System.Globalization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Versions;

/// <summary>Moments, days and versions as they stand in addresses and bodies.</summary>
internal static class Moments
{
    /// <summary>A number from 1, or the name of a named version.</summary>
    public const string VersionPattern = "^([1-9][0-9]{0,17}|[a-z][a-z0-9._-]{0,59})$";

    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mmK",
    ];

    /// <summary>Which past is asked for; none when all are absent.</summary>
    /// <param name="version">Fits <see cref="VersionPattern"/>.</param>
    public static Outcome<ReadOptions> Read(string? version, string? asOf, string? effective)
    {
        var (at, day) = (Instant(asOf, "asOf"), Day(effective, "effective"));
        return (at.Problem ?? day.Problem) is { } problem
            ? problem
            : new ReadOptions
            {
                Version = Number(version),
                NamedVersion = Number(version) is null ? version : null,
                AsOf = at.Value.Moment,
                Effective = day.Value.Day,
            };
    }

    /// <summary>A state to be compared: a number, a name or a moment.</summary>
    public static Outcome<VersionPoint> Point(string text, string name)
    {
        if (Number(text) is { } number)
        {
            return new VersionPoint { Number = number };
        }

        if (text.Length > 0 && char.IsAsciiLetterLower(text[0]))
        {
            return new VersionPoint { Name = text };
        }

        return Instant(text, name).Map(at => new VersionPoint { At = at.Moment });
    }

    /// <summary>A moment with its offset; <c>null</c> when there is none.</summary>
    public static Outcome<Given> Instant(string? text, string name)
    {
        if (text is null)
        {
            return default(Given);
        }

        // Without Z or an offset nobody knows which moment is meant.
        return
            text.Length > 16
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(
                text,
                Forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var moment
            )
            ? new Given(moment.ToUniversalTime(), null)
            : Problem.Invalid(
                "versions.moment_invalid",
                "This is no moment.",
                new FieldProblem(
                    name,
                    "type",
                    "Send ISO 8601 with Z or an offset, such as 2026-03-01T09:30:00Z; in an address + is written %2B."
                )
            );
    }

    private static Outcome<Given> Day(string? text, string name) =>
        text is null ? default(Given)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Given(null, day)
        : Problem.Invalid(
            "versions.day_invalid",
            "This is no day.",
            new FieldProblem(name, "type", "Send a date YYYY-MM-DD.")
        );

    private static long? Number(string? text) =>
        text is { Length: > 0 and <= 18 } && text.All(char.IsAsciiDigit) && text[0] != '0'
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>What was given, if anything.</summary>
    public readonly record struct Given(DateTimeOffset? Moment, DateOnly? Day);
}
