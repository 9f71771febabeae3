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

/// <summary>All couples of some persons as they stand under lock, and the rules they obey.</summary>
internal sealed class SpousesBatch : IDisposable
{
    private readonly RegistryDbContext db;
    private readonly List<SpouseEntry> entries;
    private readonly ILookup<Guid, SpouseEntry> stored;
    private readonly Dictionary<Guid, List<SpouseEntry>> added = [];
    private readonly Dictionary<Guid, OpenRecord> records;
    private readonly RecordWriter writer;
    private readonly RelationshipTools tools;
    private readonly ChangeNote note;

    /// <summary>Persons beside these ones of whom the caller is not told.</summary>
    private readonly HashSet<Guid> gone;

    private SpousesBatch(
        RegistryDbContext db,
        List<SpouseEntry> entries,
        Dictionary<Guid, OpenRecord> records,
        RecordWriter writer,
        RelationshipTools tools,
        ChangeNote note,
        HashSet<Guid> gone
    )
    {
        this.db = db;
        this.gone = gone;
        this.entries = entries;
        this.records = records;
        this.writer = writer;
        this.tools = tools;
        this.note = note;
        stored = entries
            .SelectMany(e => new[] { (Id: e.Person1Id, Entry: e), (Id: e.Person2Id, Entry: e) })
            .ToLookup(e => e.Id, e => e.Entry);
    }

    /// <summary>Locks the persons and reads their couples; within a transaction.</summary>
    public static async Task<SpousesBatch> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> persons,
        RelationshipTools tools,
        RecordWriter writer,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        await tools.Locks.LockRegistrantsAsync(db, persons, cancellationToken);
        var entries = await db
            .Spouses.Where(s => persons.Contains(s.Person1Id) || persons.Contains(s.Person2Id))
            .ToListAsync(cancellationToken);
        var records = await tools.Store.LoadAsync(db, persons, note.Caller, cancellationToken);
        var others = entries.SelectMany(e => new[] { e.Person1Id, e.Person2Id }).Except(persons).ToList();
        var gone = await tools.GoneAsync(db, others, note.Caller, cancellationToken);
        return new SpousesBatch(db, entries, records, writer, tools, note, gone);
    }

    /// <summary>True when the caller may know of both.</summary>
    public bool Knows(SpouseEntry entry) =>
        records.ContainsKey(entry.Person1Id) && records.ContainsKey(entry.Person2Id);

    public SpouseEntry? Entry(Guid id) => entries.Find(e => e.Id == id);

    /// <summary>The record that a change means: of the same pair and day, else the pair's open one without a day.</summary>
    public SpouseEntry? Find(Guid person1, Guid person2, DateOnly? marriedOn)
    {
        var pair = Pair(person1, person2);
        return pair.Where(e => e.MarriedOn == marriedOn)
                .OrderBy(e => e.IsSeparated)
                .ThenByDescending(e => e.Id)
                .FirstOrDefault()
            ?? pair.FirstOrDefault(e => e is { MarriedOn: null, IsSeparated: false });
    }

    /// <summary>The record that a row without a day means: the open one, else the only one.</summary>
    public SpouseEntry? FindAnyDay(Guid person1, Guid person2)
    {
        var pair = Pair(person1, person2);
        return pair.Find(e => !e.IsSeparated) ?? (pair is [var only] ? only : null);
    }

    /// <summary>The couple takes its next state, unless a rule refuses it.</summary>
    /// <param name="entry">The record that is changed; absent for a new one.</param>
    public Outcome<SpouseApplied> Apply(Guid person1, Guid person2, SpouseEntry? entry, SpouseState next)
    {
        // Before all else: who may not know of one of them is not told either that they are a couple.
        if (CheckPersons(person1, person2) is { } unknown)
        {
            return unknown;
        }

        if (entry is not null && entry.State == next)
        {
            return new SpouseApplied(entry, ImportAction.Unchanged, []);
        }

        var warnings = new List<string>();
        if (
            (
                CheckState(next)
                ?? CheckBirths(person1, person2, next)
                ?? CheckOthers(person1, person2, entry, next, warnings)
            ) is
            { } problem
        )
        {
            return problem;
        }

        var before = entry is null ? null : Node(entry);
        var action = entry is null ? ImportAction.Created : ImportAction.Updated;
        if (entry is null)
        {
            entry = new SpouseEntry(Guid.CreateVersion7(note.Now), person1, person2);
            db.Add(entry);
            entries.Add(entry);
            Added(person1).Add(entry);
            Added(person2).Add(entry);
        }

        entry.Take(next, note.Now);
        Write(entry, before, Node(entry));
        return new SpouseApplied(entry, action, warnings);
    }

    /// <summary>Takes a record away that was entered in error.</summary>
    public void Remove(SpouseEntry entry)
    {
        db.Remove(entry);
        Write(entry, Node(entry), null);
    }

    public void Dispose()
    {
        foreach (var record in records.Values)
        {
            record.Dispose();
        }
    }

    /// <summary>Why the two are no couple, or none that the caller may know of.</summary>
    public Problem? CheckPersons(Guid person1, Guid person2) =>
        person1 == person2
            ? RelationshipProblems.Self(RelationshipFields.Person2)
            : Person(person1, RelationshipFields.Person1) ?? Person(person2, RelationshipFields.Person2);

    private static Problem? CheckState(SpouseState next) =>
        !ValueLimits.IsPlausible(next.MarriedOn) ? RelationshipProblems.DateOutOfRange("MarriedOn")
        : !ValueLimits.IsPlausible(next.SeparatedOn) ? RelationshipProblems.DateOutOfRange("SeperatedOn")
        : next is { IsMarried: false, MarriedOn: not null } ? RelationshipProblems.MarriedOnNeedsMarried
        : next is { IsMarried: false, IsSeparated: true } ? RelationshipProblems.SeparatedNeedsMarried
        : next is { IsSeparated: false, SeparatedOn: not null } ? RelationshipProblems.SeparatedOnNeedsSeparated
        : next.SeparatedOn < next.MarriedOn ? RelationshipProblems.SeparatedBeforeMarried
        : null;

    private Problem? CheckBirths(Guid person1, Guid person2, SpouseState next)
    {
        if (tools.BirthDate is not { } rule || next.MarriedOn is not { } day)
        {
            return null;
        }

        Guid[] unseen =
        [
            .. new[] { person1, person2 }.Where(p => Born(p) is not null && !note.Compared.Sees(rule.View, p)),
        ];
        var isBefore = day < Born(person1)?.Earliest || day < Born(person2)?.Earliest;
        if (unseen.Length == 0)
        {
            return isBefore ? RelationshipProblems.MarriedBeforeBirth : null;
        }

        foreach (var person in unseen)
        {
            note.Compared.Note(person, rule.View.Id);
        }

        return isBefore ? Comparisons.Refused : null;
    }

    private Problem? CheckOthers(
        Guid person1,
        Guid person2,
        SpouseEntry? entry,
        SpouseState next,
        List<string> warnings
    )
    {
        var today = DateOnly.FromDateTime(note.Now.UtcDateTime);
        var period = SpousePeriod.Of(next, today);
        foreach (var other in Of(person1).Concat(Of(person2)).Where(e => e != entry).Distinct())
        {
            var samePair = other.Joins(person1) && other.Joins(person2);
            var isUnseen = IsUnseen(other);
            if (!samePair && (tools.Options.SpouseOverlap == SpouseOverlap.Allow || (isUnseen && !MayRefuse)))
            {
                // Nothing comes of it, or only a word that would tell of somebody.
                continue;
            }

            if (isUnseen)
            {
                note.Compared.NoteRelationships(other.Person1Id);
                note.Compared.NoteRelationships(other.Person2Id);
            }

            if (samePair && !next.IsSeparated && !other.IsSeparated)
            {
                return isUnseen ? Comparisons.Refused : RelationshipProblems.PairOpen;
            }

            if (
                period is not { } mine
                || SpousePeriod.Of(other.State, today) is not { } theirs
                || !mine.Overlaps(theirs)
            )
            {
                continue;
            }

            if (samePair || MayRefuse)
            {
                return isUnseen ? Comparisons.Refused
                    : samePair ? RelationshipProblems.PairOverlap
                    : RelationshipProblems.SpouseOverlap;
            }

            if (warnings.Count == 0)
            {
                warnings.Add(RelationshipProblems.OverlapCode);
            }
        }

        return null;
    }

    private bool MayRefuse => tools.Options.SpouseOverlap == SpouseOverlap.Refuse;

    /// <summary>True when the caller may not read of this couple.</summary>
    private bool IsUnseen(SpouseEntry couple) =>
        new[] { couple.Person1Id, couple.Person2Id }.Any(p =>
            gone.Contains(p) || (records.ContainsKey(p) && !note.Compared.SeesRelationships(p))
        );

    private void Write(SpouseEntry entry, JsonNode? before, JsonNode? after)
    {
        foreach (var id in new[] { entry.Person1Id, entry.Person2Id })
        {
            if (records.TryGetValue(id, out var record))
            {
                writer.WriteEntry(
                    record,
                    ChangeOperations.SpousesChanged,
                    RelationshipChanges.Of("spouses", before?.DeepClone(), after?.DeepClone()),
                    [RelationshipChanges.Field],
                    note
                );
                writer.KeepNewKeys(record);
            }
        }
    }

    private List<SpouseEntry> Pair(Guid person1, Guid person2) =>
        person1 == person2 ? [] : [.. Of(person1).Where(e => e.Joins(person2))];

    private IEnumerable<SpouseEntry> Of(Guid person) =>
        added.TryGetValue(person, out var more) ? stored[person].Concat(more) : stored[person];

    private List<SpouseEntry> Added(Guid person)
    {
        if (!added.TryGetValue(person, out var list))
        {
            added[person] = list = [];
        }

        return list;
    }

    private LifeDate? Born(Guid id) => tools.BirthDate is { } rule ? LifeDate.Parse(records[id].Value(rule)) : null;

    private Problem? Person(Guid id, string field) =>
        records.GetValueOrDefault(id)?.Row is not { IsArchived: false } row ? RelationshipProblems.PersonUnknown(field)
        : row.Kind != RegistrantKinds.Individual ? RelationshipProblems.NotAnIndividual(field)
        : null;

    private static JsonNode? Node(SpouseEntry entry) =>
        JsonSerializer.SerializeToNode(
            new
            {
                id = entry.Id,
                person1 = entry.ToView().Person1Id.Value,
                person2 = entry.ToView().Person2Id.Value,
                isMarried = entry.IsMarried,
                marriedOn = entry.MarriedOn,
                isSeparated = entry.IsSeparated,
                separatedOn = entry.SeparatedOn,
            }
        );
}

/// <summary>What became of a couple.</summary>
internal sealed record SpouseApplied(SpouseEntry Entry, ImportAction Action, IReadOnlyList<string> Warnings);
