using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Takes a record from one status to another, archives it and brings it back.</summary>
internal sealed class ChangeStatus(
    UnitOfWork work,
    RecordStore store,
    WriterAnswers answers,
    FieldCatalogue catalogue,
    EditRules editRules,
    DisclosureLog disclosures,
    HouseholdHeads heads,
    TimeProvider time
)
{
    /// <summary>From which status to which one a caller may go. <c>merged</c> is the business of merging.</summary>
    private static readonly Dictionary<string, string[]> Transitions = new()
    {
        [RegistrantStatuses.Active] =
        [
            RegistrantStatuses.Inactive,
            RegistrantStatuses.Deceased,
            RegistrantStatuses.Archived,
        ],
        [RegistrantStatuses.Inactive] =
        [
            RegistrantStatuses.Active,
            RegistrantStatuses.Deceased,
            RegistrantStatuses.Archived,
        ],
        [RegistrantStatuses.Deceased] = [RegistrantStatuses.Active, RegistrantStatuses.Archived],
        [RegistrantStatuses.Archived] =
        [
            RegistrantStatuses.Active,
            RegistrantStatuses.Inactive,
            RegistrantStatuses.Deceased,
        ],
        [RegistrantStatuses.Merged] = [],
    };

    public async Task<Outcome<RegistrantView>> HandleAsync(
        RegistrantId id,
        StatusChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        if (editRules.Refuse([EditRules.Status], caller) is { } asked)
        {
            return asked;
        }

        var note = ChangeNote.By(caller, change.Reason, change.On, time);
        if (Check(change, note) is { Count: > 0 } problems)
        {
            return StatusProblems.Invalid(problems);
        }

        var outcome = await work.RunAsync<RegistrantView>(
            async db =>
            {
                var loaded = await store.LoadAsync(db, [id.Value], caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(id.Value);
                return record?.Row.IsErased == true ? RegistrantProblems.Erased
                    : record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller))
                        ? RegistrantProblems.NotFound
                    : record.Row.Version != change.ExpectedVersion ? RegistrantProblems.ChangedSince(record.Row.Version)
                    : record.Row.IsMerged ? StatusProblems.Merged
                    : !Transitions[record.Row.Status].Contains(change.Status)
                        ? StatusProblems.NotFrom(record.Row.Status, change.Status)
                    : await ApplyAsync(db, record, change, note, cancellationToken);
            },
            _ => null,
            cancellationToken
        );
        await disclosures.WriteAsync(note, cancellationToken);
        return outcome;
    }

    private async Task<Outcome<RegistrantView>> ApplyAsync(
        RegistryDbContext db,
        OpenRecord record,
        StatusChange change,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var clear = new Dictionary<string, JsonElement>();
        var values = new Dictionary<string, JsonElement>(record.Document.Values);
        if (Settle(record, change, note, values, clear) is { } problem)
        {
            return problem;
        }

        if (record.Row.IsArchived && RestoredRecord.Check(record, catalogue.Current, values, clear, note) is { } unfit)
        {
            return unfit;
        }

        var next = new StoredDocument
        {
            Status = change.Status,
            StatusOn = note.EffectiveOn,
            Values = values,
            Identifiers = record.Document.Identifiers,
        };
        var operation =
            change.Status == RegistrantStatuses.Archived ? ChangeOperations.Archived
            : record.Row.IsArchived ? ChangeOperations.Restored
            : ChangeOperations.StatusChanged;
        await store.LoadSearchRowsAsync(db, record, clear.Keys, cancellationToken);
        new RecordWriter(db, time).WriteVersion(record, next, operation, note, clear);
        if (await HeadlessAsync(db, record, operation, cancellationToken) is { } headless)
        {
            return headless;
        }

        var view = answers.Show(db, record, clear.Keys.ToHashSet(), null, note.Caller);
        if (change.Status is RegistrantStatuses.Deceased or RegistrantStatuses.Archived)
        {
            view = view with { Warnings = await heads.WarnAsync(db, record, note.Caller, cancellationToken) };
        }

        return await answers.StoreAsync(db, change.DryRun, note.Caller, cancellationToken) is { } left ? left : view;
    }

    /// <summary>A household that becomes active has a head, also one that somebody comes back to.</summary>
    private async Task<Problem?> HeadlessAsync(
        RegistryDbContext db,
        OpenRecord record,
        string operation,
        CancellationToken cancellationToken
    ) =>
        record.Row.Kind == RegistrantKinds.Group ? await heads.RefuseAsync(db, record, cancellationToken)
        : operation == ChangeOperations.Restored ? await heads.RefuseReturnAsync(db, record, cancellationToken)
        : null;

    /// <summary>Lets the date of death follow the status; the problem when it cannot.</summary>
    private Problem? Settle(
        OpenRecord record,
        StatusChange change,
        ChangeNote note,
        Dictionary<string, JsonElement> values,
        Dictionary<string, JsonElement> clear
    )
    {
        var rule = DeathDate.Rule(catalogue.Current);
        if (change.Status == RegistrantStatuses.Deceased)
        {
            if (record.Row.Kind != RegistrantKinds.Individual)
            {
                return StatusProblems.Invalid([new FieldProblem("status", "kind", "Only an individual is deceased.")]);
            }

            if (rule is null)
            {
                return null;
            }

            if (DeathDate.Check(record, catalogue.Current, change.On, note) is { } wrong)
            {
                return wrong;
            }

            if (!values.ContainsKey(DeathDate.Field))
            {
                clear[DeathDate.Field] = DeathDate.Value(change.On!.Value);
                values[DeathDate.Field] = record.Cipher.Seal(rule.View, clear[DeathDate.Field]);
            }
        }
        else if (
            change.Status != RegistrantStatuses.Archived
            && record.Row.Status == RegistrantStatuses.Deceased
            && rule is not null
        )
        {
            // Declared dead by mistake: the date goes with the status, the history keeps both.
            values.Remove(DeathDate.Field);
        }

        return
            values.ContainsKey(DeathDate.Field) != record.Document.Values.ContainsKey(DeathDate.Field)
            && !note.Caller.Fields.Contains(DeathDate.Field)
            ? StatusProblems.Invalid([new FieldProblem(DeathDate.Field, "scope", "The field is not for this caller.")])
            : null;
    }

    private List<FieldProblem> Check(StatusChange change, ChangeNote note)
    {
        var today = DateOnly.FromDateTime(note.Now.UtcDateTime);
        var validator = new ValueValidator(catalogue.Current, today);
        Reasons.CheckGiven(change.Reason, validator);
        var problems = validator.Problems.ToList();
        if (change.Status == RegistrantStatuses.Merged)
        {
            problems.Add(new FieldProblem("status", "merged", "A record becomes merged only by merging it."));
        }
        else if (change.Status is null || !Transitions.ContainsKey(change.Status))
        {
            problems.Add(new FieldProblem("status", "unknown", "Send active, inactive, deceased or archived."));
        }

        if (!ValueLimits.IsPlausible(change.On) || change.On > today)
        {
            problems.Add(new FieldProblem("on", "range", "The day lies in the future or cannot be."));
        }

        return problems;
    }
}

/// <summary>What can be refused about statuses.</summary>
internal static class StatusProblems
{
    public static Problem Merged { get; } =
        Problem.Conflict("registrants.merged", "The record was merged into another; change that one.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("registrants.status_invalid", "The status cannot be set as it was asked.", fields);

    public static Problem NotFrom(string from, string to) =>
        Problem.Conflict("registrants.status_transition", $"A record does not go from {from} to {to}.");
}
