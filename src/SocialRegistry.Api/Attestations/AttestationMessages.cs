using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Attestations;

/// <summary>What an attestor says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record AttestRequest
{
    /// <summary><c>ATTESTED</c> or <c>REJECTED</c>.</summary>
    /// <example>ATTESTED</example>
    [Required, MaxLength(40)]
    public required string Status { get; init; }

    [MaxLength(2000)]
    public string? Comments { get; init; }

    /// <summary>The <c>valueHash</c> of the value that was looked at; refused when the value has changed since.</summary>
    [MaxLength(64)]
    public string? ValueHash { get; init; }

    /// <summary>What was looked at, such as <c>birth certificate</c>; no personal values.</summary>
    [MaxLength(200)]
    public string? Evidence { get; init; }

    /// <summary>How it was checked: <c>document</c>, <c>visit</c>, <c>register</c>, …</summary>
    [MaxLength(40)]
    public string? Method { get; init; }

    public DateOnly? ValidUntil { get; init; }

    /// <summary>Id of a document of the record that was looked at; needs documents:read.</summary>
    [MaxLength(36)]
    public string? Document { get; init; }

    /// <param name="path">Where it stands in the body, with a dot at its end.</param>
    /// <param name="signature">Under which it came.</param>
    internal Outcome<AttestationStatement> ToStatement(string path, StatementSignature? signature)
    {
        var document = default(DocumentId);
        return Document is { } text && !DocumentId.TryParse(text, out document)
            ? AttestManyRequest.Invalid(path + "document", "format", "It is no id of a document.")
            : new AttestationStatement
            {
                Status = Status,
                Comments = Comments,
                ValueHash = ValueHash,
                Evidence = Evidence,
                Method = Method,
                ValidUntil = ValidUntil,
                Document = Document is null ? null : document,
                Signature = signature,
            };
    }
}

/// <summary>Many statements.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttestManyRequest
{
    /// <summary>1 to 1,000.</summary>
    [Required, MinLength(1), MaxLength(1000)]
    public required IReadOnlyList<AttestOneRequest> Statements { get; init; }

    internal static Problem Invalid(string field, string code, string detail) =>
        Problem.Invalid(
            "attestations.invalid",
            "The statements cannot be taken as they are.",
            new FieldProblem(field, code, detail)
        );

    internal Outcome<IReadOnlyList<AttestationOf>> ToStatements(StatementSignature? signature)
    {
        if (Statements is not { Count: > 0 and <= 1000 } || Statements.Any(s => s is null))
        {
            return Problem.Invalid("attestations.too_many", "Send 1 to 1,000 statements in one call.");
        }

        var statements = new List<AttestationOf>();
        foreach (var (index, one) in Statements.Index())
        {
            if (!RegistrantId.TryParse(one.Registrant, out var id))
            {
                return Invalid($"statements[{index}].registrant", "format", "It is no id of a registrant.");
            }

            var statement = one.ToStatement($"statements[{index}].", signature);
            if (!statement.Succeeded)
            {
                return statement.Problem;
            }

            statements.Add(new AttestationOf(id, one.Field, statement.Value));
        }

        return statements;
    }
}

/// <summary>One of many statements.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttestOneRequest : AttestRequest
{
    /// <summary>Id of the record.</summary>
    [Required, MaxLength(60)]
    public required string Registrant { get; init; }

    /// <summary>Field id.</summary>
    [Required, MaxLength(60)]
    public required string Field { get; init; }
}

/// <summary>What became of many statements, in their order.</summary>
public sealed record AttestManyAnswer(IReadOnlyList<AttestOutcome> Outcomes)
{
    internal static AttestManyAnswer Of(
        IReadOnlyList<AttestationOf> statements,
        IReadOnlyList<Outcome<AttestationView>> outcomes
    ) =>
        new([
            .. statements.Zip(
                outcomes,
                (s, o) =>
                    new AttestOutcome(
                        s.Id.ToString(),
                        s.Field,
                        o.Succeeded ? o.Value : null,
                        o.Succeeded ? null : new AttestFault(o.Problem.Code, o.Problem.Detail, o.Problem.Fields)
                    )
            ),
        ]);
}

/// <summary>What became of one statement.</summary>
/// <param name="Attestation">The state that stands; absent when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record AttestOutcome(string Registrant, string Field, AttestationView? Attestation, AttestFault? Problem);

/// <summary>Why a statement was refused.</summary>
/// <param name="Code">Stable, such as <c>attestations.value_changed</c>.</param>
public sealed record AttestFault(string Code, string Detail, IReadOnlyList<FieldProblem> Errors);

/// <summary>Which waiting values.</summary>
public sealed record WaitingQuery
{
    /// <summary>Field id.</summary>
    [FromQuery(Name = "field"), MaxLength(60)]
    public string? Field { get; init; }

    /// <summary>Code of an area: records in it or below it.</summary>
    [FromQuery(Name = "area"), MaxLength(60)]
    public string? Area { get; init; }

    /// <summary><c>individual</c> or <c>group</c>.</summary>
    [FromQuery(Name = "kind"), MaxLength(20)]
    public string? Kind { get; init; }
}

/// <summary>A value that waits for a statement. It is read with its record.</summary>
/// <param name="Status"><c>NEW</c>, <c>PENDING</c> or <c>EXPIRED</c>.</param>
/// <param name="ChangedAt">When the record last changed.</param>
public sealed record WaitingItem(string Registrant, string Kind, string Field, string Status, DateTimeOffset ChangedAt)
{
    internal static Page<WaitingItem> Page(Page<WaitingAttestation> page) =>
        new(
            [.. page.Items.Select(i => new WaitingItem(i.Id.ToString(), i.Kind, i.Field, i.Status, i.ChangedAt))],
            page.Next
        );
}
