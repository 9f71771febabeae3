using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>Puts the showings of a record together by month, institution and purpose, in words a person reads.</summary>
internal sealed class ReportDisclosures(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    DisclosureLog disclosures,
    FieldCatalogue catalogue,
    TimeProvider time
)
{
    private const int BatchSize = 1_000;

    public async Task<Outcome<DisclosureReport>> HandleAsync(
        RegistrantId registrant,
        DisclosureReportQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind == CallerKind.Partner)
        {
            return PersonProblems.NotForPartners;
        }

        if (caller.Kind != CallerKind.Person && !caller.May(Permissions.ReadDisclosures))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadDisclosures);
        }

        if (Languages.Read(query.Language) is not { } language)
        {
            return PersonProblems.Invalid(PersonProblems.Language);
        }

        if (query.To < query.From || query.To == DateOnly.MaxValue)
        {
            return PersonProblems.Invalid(
                new FieldProblem("to", "range", "The period ends before it begins, or never.")
            );
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, registrant.Value, caller, cancellationToken);
        if (record is null || record.Row.IsErased)
        {
            return record is null ? RegistrantProblems.NotFound : RegistrantProblems.Erased;
        }

        if (record.Row.Kind != RegistrantKinds.Individual)
        {
            return PersonProblems.NotOfGroups;
        }

        var groups = new ReportGroups(new ShownWords(catalogue.Current, language));
        var isComplete = await ReadAsync(db, registrant.Value, query, groups, cancellationToken);
        await disclosures.WriteAsync(
            [disclosures.Row(caller, registrant.Value, [ReadDisclosures.Field])],
            cancellationToken
        );
        return new DisclosureReport
        {
            RegistrantId = registrant,
            MadeAt = ChangeNote.Moment(time),
            Language = language,
            From = query.From,
            To = query.To,
            Showings = groups.Count,
            IsComplete = isComplete,
            Groups = groups.All(),
        };
    }

    private static async Task<bool> ReadAsync(
        RegistryDbContext db,
        Guid registrant,
        DisclosureReportQuery query,
        ReportGroups groups,
        CancellationToken cancellationToken
    )
    {
        var rows = db.Disclosures.AsNoTracking().Where(d => d.RegistrantId == registrant);
        if (query.From is { } first)
        {
            var from = Midnight(first);
            rows = rows.Where(d => d.At >= from);
        }

        if (query.To is { } last)
        {
            var until = Midnight(last.AddDays(1));
            rows = rows.Where(d => d.At < until);
        }

        Guid? before = null;
        while (groups.Count < DisclosureReport.MostShowings)
        {
            var page = before;
            var batch = await rows.Where(d => page == null || d.Id.CompareTo(page.Value) < 0)
                .OrderByDescending(d => d.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            batch.ForEach(groups.Add);
            if (batch.Count < BatchSize)
            {
                await AddCountsAsync(db, registrant, query, groups, cancellationToken);
                return true;
            }

            before = batch[^1].Id;
        }

        return false;
    }

    /// <summary>What is left of showings beyond their retention: whole months, so those that the period touches.</summary>
    private static async Task AddCountsAsync(
        RegistryDbContext db,
        Guid registrant,
        DisclosureReportQuery query,
        ReportGroups groups,
        CancellationToken cancellationToken
    )
    {
        var from = query.From is { } first ? new DateOnly(first.Year, first.Month, 1) : DateOnly.MinValue;
        var to = query.To ?? DateOnly.MaxValue;
        var counts = await db
            .DisclosureCounts.AsNoTracking()
            .Where(c => c.RegistrantId == registrant && c.Month >= from && c.Month <= to)
            .ToListAsync(cancellationToken);
        counts.ForEach(groups.Add);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>Groups of showings while they are read.</summary>
internal sealed class ReportGroups(ShownWords words)
{
    private readonly Dictionary<Key, Sum> sums = [];

    public int Count { get; private set; }

    /// <summary>Old showings, of which their number is left.</summary>
    public void Add(DisclosureCount row)
    {
        var begin = new DateTimeOffset(row.Month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var key = new Key(ShownWords.Month(begin), row.Institution, row.ShownToKind, row.Purpose, row.BreakGlass);
        SumOf(key, begin, (int)Math.Min(row.Count, int.MaxValue));
    }

    public void Add(Disclosure row)
    {
        var key = new Key(ShownWords.Month(row.At), row.Institution, row.ShownToKind, row.Purpose, row.BreakGlass);
        var sum = SumOf(key, row.At, 1);
        sum.Channels.Add(row.Channel);
        sum.Grounds.UnionWith(row.LegalGround is { } ground ? [ground] : []);
        sum.Consents.UnionWith(row.Consent?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
        foreach (var field in JsonSerializer.Deserialize<List<string>>(row.Fields)!.Select(words.Read).Distinct())
        {
            var (_, label, masked, count) = sum.Fields.GetValueOrDefault(field.Id, new(field.Id, field.Label, true, 0));
            sum.Fields[field.Id] = new ShownField(field.Id, label, masked && field.Masked, count + 1);
        }
    }

    private Sum SumOf(Key key, DateTimeOffset at, int more)
    {
        Count += more;
        if (!sums.TryGetValue(key, out var sum))
        {
            sums[key] = sum = new Sum(at);
        }

        sum.Count += more;
        (sum.First, sum.Last) = (at < sum.First ? at : sum.First, at > sum.Last ? at : sum.Last);
        return sum;
    }

    public IReadOnlyList<DisclosureGroup> All() =>
        [
            .. sums.OrderByDescending(s => s.Key.Month, StringComparer.Ordinal)
                .ThenByDescending(s => s.Key.BreakGlass)
                .ThenBy(s => s.Key.Institution, StringComparer.Ordinal)
                .ThenBy(s => s.Key.ReaderKind, StringComparer.Ordinal)
                .ThenBy(s => s.Key.Purpose, StringComparer.Ordinal)
                .Select(s => new DisclosureGroup
                {
                    Month = s.Key.Month,
                    Institution = s.Key.Institution,
                    ReaderKind = s.Key.ReaderKind,
                    Purpose = s.Key.Purpose,
                    BreakGlass = s.Key.BreakGlass,
                    LegalGrounds = [.. s.Value.Grounds],
                    Channels = [.. s.Value.Channels],
                    Consents = [.. s.Value.Consents],
                    Count = s.Value.Count,
                    First = s.Value.First,
                    Last = s.Value.Last,
                    Fields = [.. s.Value.Fields.Values.OrderBy(f => f.Id, StringComparer.Ordinal)],
                }),
        ];

    private sealed record Key(string Month, string Institution, string ReaderKind, string? Purpose, bool BreakGlass);

    private sealed class Sum(DateTimeOffset at)
    {
        public int Count { get; set; }

        public DateTimeOffset First { get; set; } = at;

        public DateTimeOffset Last { get; set; } = at;

        public SortedSet<string> Channels { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Grounds { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Consents { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ShownField> Fields { get; } = [];
    }
}
