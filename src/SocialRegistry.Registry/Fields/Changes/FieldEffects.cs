using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Finds out what publishing a draft would do to what is stored. Opens values only when the new rule could refuse one.</summary>
internal sealed class FieldEffects(RecordStore store, IStoredValues values, IFieldIndexes indexes, TimeProvider time)
{
    private const int BatchRecords = 500;

    /// <param name="since">Looks only at records and entries of since this moment; the others were looked at, and nobody waits for them again.</param>
    public async Task<FieldEffectView> OfAsync(
        RegistryDbContext db,
        FieldView field,
        Catalogue standing,
        Catalogue next,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        var before = standing.Rule(field.Kind, field.Id)?.View;
        IQueryable<Registrant> Looked(IQueryable<Registrant> all) =>
            since is { } moment
                ? all.Where(r => r.Kind == field.Kind && r.UpdatedAt >= moment)
                : all.Where(r => r.Kind == field.Kind);

        var ofKind = Looked(db.Registrants);
        var records = ofKind.Where(r => r.Status != RegistrantStatuses.Archived);
        var having = Looked(values.Having(db, field.Id)).Where(r => r.Status != RegistrantStatuses.Archived);
        var total = await records.LongCountAsync(cancellationToken);
        var held = await having.LongCountAsync(cancellationToken);
        var obstacles = await ObstaclesAsync(db, before, field, held, since, cancellationToken);
        var broken = new BrokenRecords();
        if (obstacles.Count == 0 && held > 0 && Narrows(before, field))
        {
            await CheckValuesAsync(db, having, before ?? field, field, next, broken, cancellationToken);
        }

        if (field.Required && before is not { Required: true, State: FieldState.Published } && held < total)
        {
            await ListLackingAsync(
                values.Having(db, field.Id),
                records,
                field,
                total - held,
                broken,
                cancellationToken
            );
        }

        var indexed = before is not null && indexes.Supports(before);
        return new FieldEffectView
        {
            Kind = field.Kind,
            Id = field.Id,
            Publishable = broken.Count == 0 && obstacles.Count == 0,
            Records = total,
            Values = held,
            Broken = broken.Count,
            BrokenRecords = broken.Listed,
            Attestations = await db
                .Attestations.Where(a => a.Field == field.Id && ofKind.Any(r => r.Id == a.RegistrantId))
                .LongCountAsync(cancellationToken),
            BuildsIndex = indexes.Supports(field) && !(indexed && SameIndex(before!, field)),
            DropsIndex = indexed && !indexes.Supports(field),
            Obstacles = obstacles,
        };
    }

    /// <summary>True when the two have the same index.</summary>
    public static bool SameIndex(FieldView before, FieldView field) =>
        FieldIndexForm.Form(before) == FieldIndexForm.Form(field);

    /// <summary>A class is part of how a value is stored, in every version and every entry of the log.</summary>
    private static async Task<IReadOnlyList<FieldProblem>> ObstaclesAsync(
        RegistryDbContext db,
        FieldView? before,
        FieldView field,
        long held,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        if (before is null || Storage(before.Class) == Storage(field.Class))
        {
            return [];
        }

        var ofKind = db.Registrants.Where(r => r.Kind == field.Kind);
        var member = $"\"{field.Id}\":{{";
        var entries = since is { } moment ? db.Changes.Where(c => c.RecordedAt >= moment) : db.Changes;
        var stored =
            held > 0
            || await entries.AnyAsync(
                c => c.Fields.Contains(member) && ofKind.Any(r => r.Id == c.RegistrantId),
                cancellationToken
            );
        return stored
            ?
            [
                new FieldProblem(
                    "class",
                    "stored",
                    $"Values are stored as {Storage(before.Class)}, in records or their history; another class would need all of them encrypted anew. Retire this field and draft another one."
                ),
            ]
            : [];
    }

    private static string Storage(FieldClass fieldClass) =>
        fieldClass is FieldClass.Public or FieldClass.Internal ? "clear" : fieldClass.ToString().ToLowerInvariant();

    /// <summary>True when a value that was good before may be bad now.</summary>
    private static bool Narrows(FieldView? before, FieldView field) => before is null || Rules(before) != Rules(field);

    private static string Rules(FieldView field) => JsonSerializer.Serialize(RuleOf(field));

    private static object RuleOf(FieldView field) =>
        new
        {
            field.Id,
            field.Type,
            field.Repeated,
            field.Required,
            field.CodeList,
            field.Precisions,
            Validation = field.Validation?.GetRawText(),
            Parts = field.Parts.Select(RuleOf).ToArray(),
        };

    private async Task CheckValuesAsync(
        RegistryDbContext db,
        IQueryable<Registrant> having,
        FieldView before,
        FieldView field,
        Catalogue next,
        BrokenRecords broken,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = Guid.Empty;
        while (true)
        {
            var from = last;
            var batch = await store.ReadAsync(
                db,
                having.Where(r => r.Id.CompareTo(from) > 0).OrderBy(r => r.Id).Take(BatchRecords),
                cancellationToken
            );
            foreach (var record in batch)
            {
                using (record)
                {
                    var value = record.Cipher.Open(before, record.Document.Values[field.Id]);
                    var validator = new ValueValidator(next, today, stored: true);
                    validator.CheckValues(field.Kind, new Dictionary<string, JsonElement> { [field.Id] = value });
                    if (validator.Problems.Count > 0)
                    {
                        broken.Add(record.Row.RegistrantId, validator.Problems[0]);
                    }
                }
            }

            if (batch.Count < BatchRecords)
            {
                return;
            }

            last = batch[^1].Row.Id;
        }
    }

    private static async Task ListLackingAsync(
        IQueryable<Registrant> having,
        IQueryable<Registrant> records,
        FieldView field,
        long count,
        BrokenRecords broken,
        CancellationToken cancellationToken
    )
    {
        var ids = await records
            .Where(r => !having.Any(h => h.Id == r.Id))
            .OrderBy(r => r.Id)
            .Select(r => r.Id)
            .Take(FieldEffectView.MostListed)
            .ToListAsync(cancellationToken);
        var problem = new FieldProblem(field.Id, "required", "The record has no value in a field that needs one.");
        foreach (var id in ids)
        {
            broken.Add(new RegistrantId(id), problem);
        }

        broken.AddUnlisted(count - ids.Count);
    }

    private sealed class BrokenRecords
    {
        private readonly List<BrokenRecordView> listed = [];

        public long Count { get; private set; }

        public IReadOnlyList<BrokenRecordView> Listed => listed;

        public void Add(RegistrantId id, FieldProblem problem)
        {
            Count++;
            if (listed.Count < FieldEffectView.MostListed)
            {
                listed.Add(new BrokenRecordView(id, problem));
            }
        }

        public void AddUnlisted(long count) => Count += count;
    }
}
