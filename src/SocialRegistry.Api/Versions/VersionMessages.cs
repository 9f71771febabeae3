using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Versions;

/// <summary>Which page of a list.</summary>
public sealed record PageQuery
{
    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);
}

/// <summary>Which part of a history is wanted.</summary>
public sealed record HistoryQuery
{
    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    /// <summary>Recorded at this moment or later: ISO 8601 with <c>Z</c> or an offset.</summary>
    [FromQuery(Name = "from"), MaxLength(40)]
    public string? From { get; init; }

    /// <summary>Recorded before this moment.</summary>
    [FromQuery(Name = "to"), MaxLength(40)]
    public string? To { get; init; }

    /// <summary>A field that changed: its id, <c>identifiers</c>, <c>status</c>; of changes also <c>memberships</c> and <c>relationships</c>.</summary>
    [FromQuery(Name = "field"), MaxLength(60)]
    public string? Field { get; init; }

    /// <summary>Who changed it, as it stands in <c>changedBy</c>.</summary>
    [FromQuery(Name = "actor"), MaxLength(200)]
    public string? Actor { get; init; }

    /// <summary>Through which door: <c>api</c>, <c>import</c>, <c>feedback</c>, …</summary>
    [FromQuery(Name = "source"), MaxLength(40)]
    public string? Source { get; init; }

    /// <summary>The version with which the record is in this named version.</summary>
    [FromQuery(Name = "namedVersion"), MaxLength(60)]
    public string? NamedVersion { get; init; }

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);

    internal Outcome<HistoryFilter> ToFilter()
    {
        var (from, to) = (Moments.Instant(From, "from"), Moments.Instant(To, "to"));
        return (from.Problem ?? to.Problem) is { } problem
            ? problem
            : new HistoryFilter
            {
                From = from.Value.Moment,
                To = to.Value.Moment,
                Field = Field,
                Actor = Actor,
                Channel = Source,
                NamedVersion = NamedVersion,
            };
    }
}

/// <summary>Which two states are compared: each a version number, a named version, or a moment (ISO 8601 with <c>Z</c> or an offset).</summary>
public sealed record DifferenceQuery
{
    [FromQuery(Name = "from"), Required, MaxLength(60)]
    public required string From { get; init; }

    [FromQuery(Name = "to"), Required, MaxLength(60)]
    public required string To { get; init; }
}

/// <summary>Which members of a group, at which moment.</summary>
public sealed record MembersQuery
{
    /// <summary>A version of the group: its number, or the named version that it is in. Its members are those of the last moment at which it stood.</summary>
    [FromQuery(Name = "version"), RegularExpression(Moments.VersionPattern)]
    public string? Version { get; init; }

    /// <summary>As the register knew it at this moment: ISO 8601 with <c>Z</c> or an offset.</summary>
    [FromQuery(Name = "asOf"), MaxLength(40)]
    public string? AsOf { get; init; }

    /// <summary>As it was in life on this day, <c>YYYY-MM-DD</c>.</summary>
    [FromQuery(Name = "effective"), MaxLength(10)]
    public string? Effective { get; init; }

    /// <summary>Field ids wanted, separated by commas.</summary>
    [FromQuery(Name = "fields"), MaxLength(2000)]
    public string? Fields { get; init; }

    /// <summary>Items a page, 1 to 100; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 100)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);

    internal Outcome<ReadOptions> ToOptions() =>
        Moments
            .Read(Version, AsOf, Effective)
            .Map(then => (then with { Attestations = true, Memberships = true }).Sections(Requests.Fields(Fields)));
}

/// <summary>What differs between two states of a record.</summary>
/// <param name="Fields">Fields that differ; absent <c>old</c> or <c>new</c>: there was no value.</param>
/// <param name="Joined">Memberships that are there at <c>to</c> only.</param>
/// <param name="Left">Memberships that were there at <c>from</c> only.</param>
/// <param name="Changed">Memberships that are another at both, as they are at <c>to</c>: other kinds or days.</param>
public sealed record DifferenceResponse(
    VersionState From,
    VersionState To,
    IReadOnlyList<FieldChange> Fields,
    IReadOnlyList<MembershipResponse> Joined,
    IReadOnlyList<MembershipResponse> Left,
    IReadOnlyList<MembershipResponse> Changed
)
{
    internal static DifferenceResponse Of(VersionDifference difference) =>
        new(
            difference.From,
            difference.To,
            difference.Fields,
            [.. difference.Joined.Select(MembershipResponse.From)],
            [.. difference.Left.Select(MembershipResponse.From)],
            [.. difference.Changed.Select(MembershipResponse.From)]
        );
}
