using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>
/// Finds out what publishing a draft would do to what is stored, whatever the status of a record: an archived one may come back. Opens
/// values only when the new rule could refuse one, and tells of them what the caller may read.
/// </summary>
internal sealed class FieldEffects(
    RecordStore store,
    IStoredValues values,
    RowRules rows,
    IFieldIndexes indexes,
    TimeProvider time
)
{
    private const int BatchRecords = 500;

    /// <param name="since">Looks only at records and entries of since this moment; the others were looked at, and nobody waits for them again.</param>
    public async Task<FieldEffectView> OfAsync(
        RegistryDbContext db,
        FieldView field,
        Catalogue standing,
        Catalogue next,
        DateTimeOffset? since,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var before = standing.Rule(field.Kind, field.Id)?.View;
        IQueryable<Registrant> Looked(IQueryable<Registrant> all) =>
            since is { } moment
                ? all.Where(r => r.Kind == field.Kind && r.UpdatedAt >= moment)
                : all.Where(r => r.Kind == field.Kind);

        var ofKind = Looked(db.Registrants);
        var having = Looked(values.Having(db, field.Id));
        var total = await ofKind.LongCountAsync(cancellationToken);
        var held = await having.LongCountAsync(cancellationToken);
        var obstacles = await ObstaclesAsync(db, before, field, held, since, cancellationToken);
        var sees = Sees(caller, field, standing);
        var broken = new BrokenRecords(field.Id, sees, ids => rows.AdmittedAsync(db, ids, caller, cancellationToken));
        if (obstacles.Count == 0 && held > 0 && Narrows(before, field))
        {
            await CheckValuesAsync(db, having, before ?? field, field, next, broken, cancellationToken);
        }

        if (field.Required && before is not { Required: true, State: FieldState.Published } && held < total)
        {
            await ListLackingAsync(values.Having(db, field.Id), ofKind, field, total - held, broken, cancellationToken);
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

    /// <summary>True when the caller may read the values that a draft is held against.</summary>
    public static bool Sees(Caller caller, FieldView field, Catalogue standing) =>
        Comparisons.Sees(caller, field, null)
        && (standing.Rule(field.Kind, field.Id)?.View is not { } before || Comparisons.Sees(caller, before, null));

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
            var found = new List<(Guid, FieldProblem)>();
            foreach (var record in batch)
            {
                using (record)
                {
                    var value = record.Cipher.Open(before, record.Document.Values[field.Id]);
                    var validator = new ValueValidator(next, today, stored: true);
                    validator.CheckValues(field.Kind, new Dictionary<string, JsonElement> { [field.Id] = value });
                    if (validator.Problems.Count > 0)
                    {
                        found.Add((record.Row.Id, validator.Problems[0]));
                    }
                }
            }

            await broken.AddAsync(found);

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
        var problem = new FieldProblem(field.Id, "required", "The record has no value in a field that needs one.");
        var (last, listed) = (Guid.Empty, 0L);
        while (!broken.IsFull)
        {
            var from = last;
            var ids = await records
                .Where(r => r.Id.CompareTo(from) > 0 && !having.Any(h => h.Id == r.Id))
                .OrderBy(r => r.Id)
                .Select(r => r.Id)
                .Take(BatchRecords)
                .ToListAsync(cancellationToken);
            await broken.AddAsync([.. ids.Select(id => (id, problem))]);
            listed += ids.Count;
            if (ids.Count < BatchRecords)
            {
                break;
            }

            last = ids[^1];
        }

        broken.AddUnlisted(Math.Max(0, count - listed));
    }

    /// <summary>Counts all, and lists the first of those that the caller may know of.</summary>
    /// <param name="sees">The caller may read the field: otherwise the listed ones do not say what is wrong.</param>
    private sealed class BrokenRecords(
        string field,
        bool sees,
        Func<IReadOnlyCollection<Guid>, Task<IReadOnlySet<Guid>>> admitted
    )
    {
        private readonly List<BrokenRecordView> listed = [];

        public long Count { get; private set; }

        public IReadOnlyList<BrokenRecordView> Listed => listed;

        public bool IsFull => listed.Count >= FieldEffectView.MostListed;

        public async Task AddAsync(IReadOnlyList<(Guid Id, FieldProblem Problem)> found)
        {
            Count += found.Count;
            if (found.Count == 0 || IsFull)
            {
                return;
            }

            var known = await admitted([.. found.Select(f => f.Id)]);
            listed.AddRange(
                found
                    .Where(f => known.Contains(f.Id))
                    .Take(FieldEffectView.MostListed - listed.Count)
                    .Select(f => new BrokenRecordView(new RegistrantId(f.Id), sees ? f.Problem : Unsaid))
            );
        }

        public void AddUnlisted(long count) => Count += count;

        private FieldProblem Unsaid { get; } =
            new(field, "not_valid", "What is recorded here would not be valid; what it is, is not for this caller.");
    }
}
