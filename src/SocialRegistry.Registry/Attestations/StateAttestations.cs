using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>Takes statements on values, those about one record in one transaction.</summary>
internal sealed class StateAttestations(
    UnitOfWork work,
    RecordStore store,
    AttestationTransitions transitions,
    FieldCatalogue catalogue,
    TimeProvider time
)
{
    private const int MostStatements = 1_000;
    private const int MaxComments = 2_000;
    private const int MaxEvidence = 200;
    private const int MaxMethod = 40;

    public async Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> HandleAsync(
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteAttestations) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteAttestations);
        }

        if (statements.Count is 0 or > MostStatements)
        {
            return AttestationProblems.TooMany;
        }

        if (FindTwice(statements) is { } twice)
        {
            return twice;
        }

        var note = ChangeNote.By(caller, null, null, time);
        var outcomes = new Outcome<AttestationView>[statements.Count];
        foreach (var group in statements.Index().GroupBy(s => s.Item.Id))
        {
            var asked = group.ToList();
            var stored = await work.RunAsync<IReadOnlyList<Outcome<AttestationView>>>(
                db => AttestAsync(db, group.Key, [.. asked.Select(s => s.Item)], note, cancellationToken),
                _ => null,
                cancellationToken
            );
            foreach (var (place, (index, _)) in asked.Index())
            {
                outcomes[index] = stored.Succeeded ? stored.Value[place] : stored.Problem;
            }
        }

        return outcomes;
    }

    /// <summary>Under one signature a value is named once, so that the same call again finds what was taken.</summary>
    private static Problem? FindTwice(IReadOnlyList<AttestationOf> statements)
    {
        var seen = new HashSet<(RegistrantId, string, StatementSignature)>();
        foreach (var (index, one) in statements.Index())
        {
            if (one.Statement.Signature is { } signature && !seen.Add((one.Id, one.Field, signature)))
            {
                return AttestationProblems.Invalid([
                    new FieldProblem($"statements[{index}].field", "twice", "A signed call names a value once."),
                ]);
            }
        }

        return null;
    }

    private async Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> AttestAsync(
        RegistryDbContext db,
        RegistrantId id,
        IReadOnlyList<AttestationOf> statements,
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

        var known = await StatedBefore.LoadAsync(db, id.Value, statements, note.Caller, cancellationToken);
        var outcomes = statements.Select(s => Attest(db, record, s.Field, s.Statement, known, note)).ToList();
        if (outcomes.Exists(o => o.Succeeded))
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        return outcomes;
    }

    private Outcome<AttestationView> Attest(
        RegistryDbContext db,
        OpenRecord record,
        string field,
        AttestationStatement statement,
        StatedBefore known,
        ChangeNote note
    )
    {
        var today = DateOnly.FromDateTime(note.Now.UtcDateTime);
        if (Check(statement, today) is { Count: > 0 } problems)
        {
            return AttestationProblems.Invalid(problems);
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

        if (!note.Caller.Fields.Contains(field))
        {
            return AttestationProblems.NoValue;
        }

        if (known.Entry(field, statement.Signature) is { } before)
        {
            return known.Show(record, before, store, note.Caller);
        }

        if (RecordDraft.IsMasked(note.Caller, field) || record.Value(rule) is not { } value)
        {
            return AttestationProblems.NoValue;
        }

        var policy = new AttestationRule(rule.View);
        if (policy.Refuse(statement, note.Caller, today) is { } refused)
        {
            return refused;
        }

        if (statement.Document is { } document && !known.Sees(document))
        {
            return AttestationProblems.UnknownDocument;
        }

        var hash = record.ValueHash(field, value);
        if (statement.ValueHash is { } seen && seen != hash)
        {
            return AttestationProblems.ValueChanged(hash);
        }

        // A row about another value cannot be: the change that made it so took the row away.
        var current = record.Attestations.Find(a => a.Field == field);
        var from = current?.StatusOn(today) ?? AttestationStatuses.New;
        if (!transitions.Allows(from, statement.Status))
        {
            return AttestationProblems.NotFrom(from, statement.Status);
        }

        var to = statement.Status;
        if (to == AttestationStatuses.Attested && policy.TwoPersons)
        {
            if (from == AttestationStatuses.Pending && current!.By == note.Caller.Id)
            {
                return AttestationProblems.SamePerson;
            }

            to = from == AttestationStatuses.Pending ? to : AttestationStatuses.Pending;
        }

        note = note with { Now = record.Row.NextMoment(note.Now, later: true) };
        var entry = Entry(record, field, statement, hash, note, to, policy.Until(statement, today));
        new AttestationWriter(db, time).Write(record, current, entry, ChangeOperations.Attested, note);
        return AttestationReader.Show(record, entry, today, note.Caller);
    }

    private static AttestationEntry Entry(
        OpenRecord record,
        string field,
        AttestationStatement statement,
        string hash,
        ChangeNote note,
        string status,
        DateOnly? until
    ) =>
        new()
        {
            RegistrantId = record.Row.Id,
            Id = Guid.CreateVersion7(note.Now),
            Field = field,
            Status = status,
            ValueHash = hash,
            By = note.Caller.Id,
            At = note.Now,
            Version = record.Row.Version,
            Epoch = record.Row.Epoch,
            Comments = Seal(record, AttestationReader.CommentsPath(field), statement.Comments),
            Evidence = Seal(record, AttestationReader.EvidencePath(field), statement.Evidence),
            Method = statement.Method,
            ValidUntil = until,
            DocumentId = statement.Document?.Value,
            SignatureKey = statement.Signature?.Key,
            SignatureDigest = statement.Signature?.Digest,
        };

    private List<FieldProblem> Check(AttestationStatement statement, DateOnly today)
    {
        var problems = new List<FieldProblem>();
        if (!transitions.Knows(statement.Status))
        {
            problems.Add(new FieldProblem("status", "unknown", "There is no such status that an attestor sends."));
        }

        Bound(problems, "comments", statement.Comments, MaxComments);
        Bound(problems, "evidence", statement.Evidence, MaxEvidence);
        Bound(problems, "method", statement.Method, MaxMethod);
        if (statement is { Signature: not null, ValueHash: null })
        {
            problems.Add(new FieldProblem("valueHash", "required", "What is signed names the value by its valueHash."));
        }

        if (statement.ValidUntil is { } until && until < today)
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
