using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Parents of some children as they stand under lock, and the rules they obey; one call changes one child or a thousand.</summary>
internal sealed class ParentsBatch : IDisposable
{
    private readonly Ancestry ancestry;
    private readonly Dictionary<Guid, ParentsEntry> entries;
    private readonly Dictionary<Guid, OpenRecord> records;
    private readonly RecordWriter writer;
    private readonly FieldRule? birthDate;
    private readonly RegistryOptions options;
    private readonly ChangeNote note;

    private ParentsBatch(
        Ancestry ancestry,
        Dictionary<Guid, ParentsEntry> entries,
        Dictionary<Guid, OpenRecord> records,
        RecordWriter writer,
        RelationshipTools tools,
        ChangeNote note
    )
    {
        this.ancestry = ancestry;
        this.entries = entries;
        this.records = records;
        this.writer = writer;
        this.note = note;
        birthDate = tools.BirthDate;
        options = tools.Options;
    }

    /// <summary>Locks and reads; within a transaction.</summary>
    /// <param name="named">Children, and whom they are to have for parents and guardians.</param>
    public static async Task<Outcome<ParentsBatch>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> children,
        IReadOnlyCollection<Guid> named,
        RelationshipTools tools,
        RecordWriter writer,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var all = children.Concat(named).Distinct().ToList();
        var ancestry = await Ancestry.LockAsync(db, tools.Locks, all, cancellationToken);
        if (!ancestry.Succeeded)
        {
            return ancestry.Problem;
        }

        var entries = await db
            .Parents.Where(p => children.Contains(p.ChildId))
            .ToDictionaryAsync(p => p.ChildId, cancellationToken);
        // Guardians and parents that stand already are named by what a row leaves as it is.
        var kept = entries.Values.SelectMany(e => e.State.Named);
        var records = await tools.LoadAsync(db, all, [.. kept], note.Caller, cancellationToken);
        return new ParentsBatch(ancestry.Value, entries, records, writer, tools, note);
    }

    public ParentsState Current(Guid child) => entries.GetValueOrDefault(child)?.State ?? ParentsState.Nothing;

    public long Revision(Guid child) => entries.GetValueOrDefault(child)?.Revision ?? 0;

    /// <summary>The child takes what it is to have, unless a rule refuses it.</summary>
    /// <returns>True when something changed.</returns>
    public Outcome<bool> Apply(Guid child, ParentsState next, RegistryDbContext db)
    {
        var before = Current(child);
        if (next == before)
        {
            // Who is named stands there already, but not for everybody to know.
            var unknown = Named(next).FirstOrDefault(n => !records.ContainsKey(n.Id)).Field;
            return unknown is null ? false : RelationshipProblems.PersonUnknown(unknown);
        }

        if (Check(child, next) is { } problem)
        {
            return problem;
        }

        if (!entries.TryGetValue(child, out var entry))
        {
            entries[child] = entry = new ParentsEntry(child);
            db.Add(entry);
        }

        entry.Take(next, note.Now);
        ancestry.Set(child, next.Parents);
        writer.WriteEntry(
            records[child],
            ChangeOperations.ParentsChanged,
            RelationshipChanges.Of("parents", Node(before), Node(next)),
            [RelationshipChanges.Field],
            note
        );
        writer.KeepNewKeys(records[child]);
        return true;
    }

    public ParentsView View(Guid child) =>
        entries.GetValueOrDefault(child)?.ToView() ?? new ParentsView { ChildId = new RegistrantId(child) };

    public void Dispose()
    {
        foreach (var record in records.Values)
        {
            record.Dispose();
        }
    }

    private Problem? Check(Guid child, ParentsState next)
    {
        foreach (var (id, field) in Named(next))
        {
            if (id == child)
            {
                return RelationshipProblems.Self(field);
            }

            if (Person(id, field) is { } problem)
            {
                return problem;
            }
        }

        if (next.Parent1Id is not null && next.Parent1Id == next.Parent2Id)
        {
            return RelationshipProblems.SameParentTwice;
        }

        if (!ValueLimits.IsPlausible(next.Since))
        {
            return RelationshipProblems.DateOutOfRange("Since");
        }

        foreach (var (id, field) in Named(next).Where(n => n.Field != RelationshipFields.Guardian))
        {
            if (ancestry.IsAtOrAbove(child, id))
            {
                return RelationshipProblems.Cycle(field);
            }

            // Of parents that stand already this was asked when they were set.
            if (!Current(child).Parents.Contains(id) && AgeProblem(id, child, field) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private Problem? AgeProblem(Guid parent, Guid child, string field)
    {
        if (birthDate is null || Born(parent) is not { } older || Born(child) is not { } younger)
        {
            return null;
        }

        Guid[] unseen = [.. new[] { parent, child }.Where(p => !note.Compared.Sees(birthDate.View, p))];
        foreach (var person in unseen)
        {
            note.Compared.Note(person, birthDate.View.Id);
        }

        var isPlausible =
            !older.IsSurelyLessThanYearsBefore(options.MinParentYears, younger)
            && !older.IsSurelyMoreThanYearsBefore(options.MaxParentYears, younger);
        return isPlausible ? null
            : unseen.Length > 0 ? Comparisons.Refused
            : RelationshipProblems.ParentAge(field, options.MinParentYears, options.MaxParentYears);
    }

    private LifeDate? Born(Guid id) => birthDate is null ? null : LifeDate.Parse(records[id].Value(birthDate));

    /// <summary>Why this is no individual that stands; <c>null</c> when it is.</summary>
    public Problem? Person(Guid id, string field) =>
        records.GetValueOrDefault(id)?.Row is not { IsArchived: false } row ? RelationshipProblems.PersonUnknown(field)
        : row.Kind != RegistrantKinds.Individual ? RelationshipProblems.NotAnIndividual(field)
        : null;

    private static IEnumerable<(Guid Id, string Field)> Named(ParentsState state)
    {
        if (state.Parent1Id is { } first)
        {
            yield return (first, RelationshipFields.Parent1);
        }

        if (state.Parent2Id is { } second)
        {
            yield return (second, RelationshipFields.Parent2);
        }

        if (state.GuardianId is { } guardian)
        {
            yield return (guardian, RelationshipFields.Guardian);
        }
    }

    private static JsonNode? Node(ParentsState state) =>
        state == ParentsState.Nothing
            ? null
            : JsonSerializer.SerializeToNode(
                new
                {
                    parent1 = state.Parent1Id,
                    parent2 = state.Parent2Id,
                    isAdopted = state.IsAdopted,
                    guardian = state.GuardianId,
                    since = state.Since,
                }
            );
}

/// <summary>Names of references in problems: those of the seed.</summary>
internal static class RelationshipFields
{
    public const string Child = "PersonId";
    public const string Parent1 = "Parent1Id";
    public const string Parent2 = "Parent2Id";
    public const string Guardian = "GaurdianId";
    public const string Person1 = "Person1Id";
    public const string Person2 = "Person2Id";
}
