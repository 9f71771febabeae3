using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>States something about a value, and tells what is stated.</summary>
internal sealed class AttestationsPort(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    AttestationReader reader,
    AttestationTransitions transitions,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    TimeProvider time
) : IAttestations
{
    private const int MaxComments = 2_000;
    private const int MaxEvidence = 200;
    private const int MaxMethod = 40;

    public async Task<Outcome<AttestationView>> AttestAsync(
        RegistrantId id,
        string field,
        AttestationStatement statement,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteAttestations) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteAttestations);
        }

        if (Check(statement) is { Count: > 0 } problems)
        {
            return Problem.Invalid("attestations.invalid", "The statement cannot be taken as it is.", problems);
        }

        return await work.RunAsync<AttestationView>(
            db => AttestAsync(db, id, field, statement, ChangeNote.By(caller, null, null, time), cancellationToken),
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<IReadOnlyList<AttestationView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record is null || record.Row.IsArchived)
        {
            return RegistrantProblems.NotFound;
        }

        var entries = await AttestationReader.LoadAsync(db, [id.Value], cancellationToken);
        var shown = reader.Show(record, gate.Value, entries[id.Value]);
        var row = disclosures.Row(caller, id.Value, [.. shown.Select(a => a.Field), "attestations"]);
        await disclosures.WriteAsync([row], cancellationToken);
        return Outcome.Of<IReadOnlyList<AttestationView>>(shown);
    }

    private async Task<Outcome<AttestationView>> AttestAsync(
        RegistryDbContext db,
        RegistrantId id,
        string field,
        AttestationStatement statement,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.LoadAsync(db, [id.Value], note.Caller, cancellationToken);
        using var record = loaded.GetValueOrDefault(id.Value);
        if (record is null || record.Row.IsArchived)
        {
            return RegistrantProblems.NotFound;
        }

        if (record.Row.IsMerged)
        {
            return StatusProblems.Merged;
        }

        var rule = catalogue.Current.Rule(record.Row.Kind, field);
        if (rule is null)
        {
            return AttestationProblems.FieldUnknown;
        }

        if (!rule.View.Attestable)
        {
            return AttestationProblems.NotAttestable;
        }

        if (
            !note.Caller.Fields.Contains(field)
            || RecordDraft.IsMasked(note.Caller, field)
            || record.Value(rule) is not { } value
        )
        {
            return AttestationProblems.NoValue;
        }

        var hash = record.ValueHash(field, value);
        if (statement.ValueHash is { } seen && seen != hash)
        {
            return AttestationProblems.ValueChanged;
        }

        // A row about another value cannot be: the change that made it so took the row away.
        var current = record.Attestations.Find(a => a.Field == field);
        var from = current?.Status ?? AttestationStatuses.New;
        if (!transitions.Allows(from, statement.Status))
        {
            return AttestationProblems.NotFrom(from, statement.Status);
        }

        note = note with { Now = record.Row.NextMoment(note.Now, later: true) };
        var entry = Write(db, record, current, Entry(record, field, statement, hash, note), note);
        await db.SaveChangesAsync(cancellationToken);
        return AttestationReader.Show(record, entry);
    }

    private AttestationEntry Entry(
        OpenRecord record,
        string field,
        AttestationStatement statement,
        string hash,
        ChangeNote note
    ) =>
        new()
        {
            RegistrantId = record.Row.Id,
            Id = Guid.CreateVersion7(note.Now),
            Field = field,
            Status = statement.Status,
            ValueHash = hash,
            By = note.Caller.Id,
            At = note.Now,
            Version = record.Row.Version,
            Epoch = record.Row.Epoch,
            Comments = Seal(record, AttestationReader.CommentsPath(field), statement.Comments),
            Evidence = Seal(record, AttestationReader.EvidencePath(field), statement.Evidence),
            Method = statement.Method,
            ValidUntil = statement.ValidUntil,
        };

    private AttestationEntry Write(
        RegistryDbContext db,
        OpenRecord record,
        Attestation? current,
        AttestationEntry entry,
        ChangeNote note
    )
    {
        db.AttestationHistory.Add(entry);
        var old = current?.Status ?? AttestationStatuses.New;
        if (current is null)
        {
            db.Attestations.Add(
                new Attestation
                {
                    RegistrantId = entry.RegistrantId,
                    Field = entry.Field,
                    EntryId = entry.Id,
                    Status = entry.Status,
                    ValueHash = entry.ValueHash,
                }
            );
        }
        else
        {
            current.EntryId = entry.Id;
            current.Status = entry.Status;
            current.ValueHash = entry.ValueHash;
        }

        var writer = new RecordWriter(db, time);
        var change = new JsonObject
        {
            ["attestations." + entry.Field] = new JsonObject
            {
                ["old"] = new JsonObject { ["status"] = old },
                ["new"] = new JsonObject { ["status"] = entry.Status, ["entry"] = entry.Id.ToString() },
            },
        };
        writer.WriteEntry(record, ChangeOperations.Attested, change.ToJsonString(), [entry.Field], note);
        writer.KeepNewKeys(record);
        return entry;
    }

    private List<FieldProblem> Check(AttestationStatement statement)
    {
        var problems = new List<FieldProblem>();
        if (!transitions.Knows(statement.Status))
        {
            problems.Add(new FieldProblem("status", "unknown", "There is no such status."));
        }

        Bound(problems, "comments", statement.Comments, MaxComments);
        Bound(problems, "evidence", statement.Evidence, MaxEvidence);
        Bound(problems, "method", statement.Method, MaxMethod);

        if (statement.ValidUntil is { } until && until < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
        {
            problems.Add(new FieldProblem("validUntil", "past", "The statement would no longer hold today."));
        }

        return problems;
    }

    private static void Bound(List<FieldProblem> problems, string name, string? text, int most)
    {
        if (text?.Length > most)
        {
            problems.Add(new FieldProblem(name, "length", $"At most {most} characters."));
        }

        if (text?.Any(char.IsControl) == true)
        {
            problems.Add(new FieldProblem(name, "characters", "One line of text without control characters."));
        }
    }

    private static string? Seal(OpenRecord record, string path, string? text) =>
        string.IsNullOrEmpty(text) ? null : record.Cipher.SealText(path, text);
}

/// <summary>What can be refused about attestations.</summary>
internal static class AttestationProblems
{
    public static Problem FieldUnknown { get; } =
        Problem.Invalid(
            "attestations.field_unknown",
            "There is no such field for this kind of record.",
            new FieldProblem("field", "unknown", "Send a field id of the catalogue.")
        );

    public static Problem NotAttestable { get; } =
        Problem.Invalid(
            "attestations.not_attestable",
            "This field is not one that is attested.",
            new FieldProblem("field", "not_attestable", "Send an attestable field.")
        );

    public static Problem NoValue { get; } =
        Problem.NotFound("attestations.no_value", "The field has no value, or it is not for this caller.");

    public static Problem ValueChanged { get; } =
        Problem.Conflict("attestations.value_changed", "The value is no longer the one that was looked at.");

    public static Problem NotFrom(string from, string to) =>
        Problem.Conflict("attestations.transition", $"An attestation does not go from {from} to {to}.");
}
