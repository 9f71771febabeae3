namespace SocialRegistry.Contracts;

/// <summary>
/// What a person may ask of the registry about herself: who was shown her data, and everything that is held about her. She asks for
/// herself; staff may on her behalf, for a stated purpose, when they may see every field in the clear. Never a partner.
/// </summary>
public interface IPersonalData
{
    /// <summary>
    /// Who was shown her data: showings together by month, institution and purpose, in words. Looking is itself a showing. The person herself,
    /// or permission <c>disclosures:read</c>.
    /// </summary>
    Task<Outcome<DisclosureReport>> ReportAsync(
        RegistrantId registrant,
        DisclosureReportQuery query,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// One page of one part of all that is held about her, each item as JSON text. Of other people it names ids and how they are related, as
    /// far as the caller may know of them. Permission <c>registrants:export</c>.
    /// </summary>
    /// <param name="part">One of <see cref="ExportParts.All"/>.</param>
    /// <param name="language">Of labels: ISO 639, two or three letters; what the catalogue has no word for is in English.</param>
    Task<Outcome<Page<string>>> ExportAsync(
        RegistrantId registrant,
        string part,
        string language,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>Which showings are reported.</summary>
public sealed record DisclosureReportQuery
{
    /// <summary>The first day (UTC); absent: from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; absent: until now.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Of labels: ISO 639, two or three letters; what the catalogue has no word for is in English.</summary>
    public string Language { get; init; } = "eng";
}

/// <summary>Who was shown the data of a person.</summary>
public sealed record DisclosureReport
{
    /// <summary>Showings looked at for one report.</summary>
    public const int MostShowings = 50_000;

    public required RegistrantId RegistrantId { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>ISO 639-3.</summary>
    public required string Language { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Showings in the report.</summary>
    public required int Showings { get; init; }

    /// <summary>False when there are older showings in the period than the <see cref="MostShowings"/> newest: ask for an earlier one.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The newest month first, then by institution and purpose.</summary>
    public required IReadOnlyList<DisclosureGroup> Groups { get; init; }
}

/// <summary>The showings of one month to one institution for one purpose. No member of staff is named.</summary>
public sealed record DisclosureGroup
{
    /// <summary><c>2026-05</c> (UTC).</summary>
    public required string Month { get; init; }

    public required string Institution { get; init; }

    /// <summary><c>staff</c>, <c>partner</c>, <c>person</c> (she herself) or <c>system</c>.</summary>
    public required string ReaderKind { get; init; }

    /// <summary>Absent when none was stated.</summary>
    public string? Purpose { get; init; }

    public IReadOnlyList<string> LegalGrounds { get; init; } = [];

    /// <summary>Doors: <c>api</c>, <c>dci</c>, <c>credentials</c>, …</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Ids of the consents by which they were shown.</summary>
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary>How often.</summary>
    public required int Count { get; init; }

    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Last { get; init; }

    /// <summary>True of readings past the reader's own rights, for a reason that is looked at.</summary>
    public bool BreakGlass { get; init; }

    /// <summary>What was shown, in words.</summary>
    public IReadOnlyList<ShownField> Fields { get; init; } = [];
}

/// <summary>What was shown.</summary>
/// <param name="Id">Field id, or a word for what stands beside fields.</param>
/// <param name="Label">In the language of the report, or else in English.</param>
/// <param name="Masked">True when only a masked form was ever shown.</param>
/// <param name="Count">In how many showings.</param>
public sealed record ShownField(string Id, string Label, bool Masked, int Count);

/// <summary>Parts of an export.</summary>
public static class ExportParts
{
    /// <summary>One item: values with labels, identifiers, memberships, relationships.</summary>
    public const string Record = "record";

    public const string Attestations = "attestations";

    public const string Consents = "consents";

    /// <summary>Without their content, which is read by its address.</summary>
    public const string Documents = "documents";

    public const string Requests = "requests";

    public const string Versions = "versions";

    public const string Changes = "changes";

    public const string Disclosures = "disclosures";

    /// <summary>In the order of an export.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Record, Attestations, Consents, Documents, Requests, Versions, Changes, Disclosures];
}
