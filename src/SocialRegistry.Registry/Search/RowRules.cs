using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// Which records a caller may know of (<see cref="RowScope"/>; a person, her own). The database decides by the same condition for single
/// records as for searches, so that the two never differ.
/// </summary>
internal sealed partial class RowRules(
    FieldCatalogue catalogue,
    ISearchDialect dialect,
    SearchLookups lookups,
    ISubtrees areas,
    TimeProvider time,
    ILogger<RowRules> logger
)
{
    /// <summary>True when the caller may know of every record, so that no condition is needed.</summary>
    public static bool IsFree(Caller caller) => caller.Rows.IsAll && caller.Kind != CallerKind.Person;

    /// <summary>The caller's rows as a query; <c>null</c> means every record.</summary>
    public BoundQuery? Bind(RowScope rows)
    {
        var parts = new List<BoundQuery>();
        if (rows.Areas is { } codes)
        {
            parts.Add(new BoundOr([.. codes.Select(c => new BoundArea(c))]));
        }

        if (rows.Population is { } population)
        {
            var bound = catalogue.Current.Queries.BindRule(population);
            if (!bound.Succeeded)
            {
                // A rule that cannot be read, perhaps by a field that is gone, admits nobody.
                Log.RuleFails(logger, string.Join(", ", bound.Problem.Fields.Select(f => $"{f.Field} {f.Code}")));
            }

            parts.Add(bound.Succeeded ? bound.Value : new BoundOr([]));
        }

        return parts.Count == 0 ? null : new BoundAnd(parts);
    }

    /// <summary>A compiler for this caller.</summary>
    public async Task<SearchConditions> ConditionsAsync(
        SearchSql sql,
        Caller caller,
        BoundQuery? query,
        CancellationToken cancellationToken
    )
    {
        var scope = Bind(caller.Rows);
        if (caller.Rows.WithConsent)
        {
            var consent = BoundConsent.Of(caller, time);
            scope = scope is null ? consent : new BoundAnd([scope, consent]);
        }

        var codes = new HashSet<string>();
        Collect(scope, codes);
        Collect(query, codes);
        var trees = new Dictionary<string, IReadOnlyCollection<string>>();
        foreach (var code in codes)
        {
            trees[code] = await areas.SubtreeAsync(code, cancellationToken);
        }

        return new SearchConditions(sql, lookups, trees)
        {
            Scope = scope,
            Need = caller.ConsentRequired ? BoundConsent.Of(caller, time) : null,
            NamesOf = name => CoveredFields.NamesOf(name, catalogue.Current),
        };
    }

    /// <summary>The rows of those records that the caller may know of, archived ones too: the condition is part of the statement that reads them.</summary>
    public async Task<IQueryable<Registrant>> RowsAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var asked = OfPerson(registrants, caller);
        if (caller.Rows.IsAll || asked.Count == 0)
        {
            return db.Registrants.Where(r => asked.Contains(r.Id));
        }

        var sql = new SearchSql(dialect);
        var conditions = await ConditionsAsync(sql, caller, null, cancellationToken);
        var condition = conditions.Rule("r");
        var ids = sql.IsAny("r.id", [.. asked.Cast<object>()]);
        var statement = $"select r.* from {dialect.Table("registrants")} r where {ids} and {condition}";
        return db.Registrants.FromSqlRaw(statement, [.. sql.Parameters]);
    }

    /// <summary>Records of which a query is true and that the caller may know of, without the archived ones.</summary>
    public async Task<IQueryable<Registrant>> RowsAsync(
        RegistryDbContext db,
        BoundQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var sql = new SearchSql(dialect);
        var conditions = await ConditionsAsync(sql, caller, query, cancellationToken);
        var statement = $"select r.* from {dialect.Table("registrants")} r where {conditions.Of(query, "r")}";
        return db.Registrants.FromSqlRaw(statement, [.. sql.Parameters]);
    }

    /// <summary>Those of the records that the caller may know of; for a caller that may know of all, without asking whether there are such.</summary>
    public async Task<IReadOnlySet<Guid>> AdmittedAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.Rows.IsAll
            ? OfPerson(registrants, caller).ToHashSet()
            : (
                await (await RowsAsync(db, registrants, caller, cancellationToken))
                    .Select(r => r.Id)
                    .ToListAsync(cancellationToken)
            ).ToHashSet();

    /// <summary>Records that what is tracked makes or changes; to be asked before it is saved.</summary>
    public static List<Guid> Written(RegistryDbContext db) =>
        [
            .. db
                .ChangeTracker.Entries<Registrant>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified)
                .Select(e => e.Entity.Id),
        ];

    /// <summary>
    /// The refusal when a record that was just written lies outside the caller's rows now; asked within the transaction, which is then
    /// taken back.
    /// </summary>
    public async Task<Problem?> LeftAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> written,
        Caller caller,
        CancellationToken cancellationToken
    ) => (await OutsideAsync(db, written, caller, cancellationToken)).Count > 0 ? RegistrantProblems.OutsideRows : null;

    /// <summary>Those of the records that lie outside the caller's rows as they stand in this transaction.</summary>
    public async Task<IReadOnlySet<Guid>> OutsideAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> written,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (IsFree(caller) || written.Count == 0)
        {
            return new HashSet<Guid>();
        }

        var admitted = await AdmittedAsync(db, written, caller, cancellationToken);
        return written.Where(id => !admitted.Contains(id)).ToHashSet();
    }

    /// <summary>True when a record that is still to be made would be one the caller may know of: nobody stands around it yet.</summary>
    public async Task<bool> AdmitsNewAsync(QueryRecord record, Caller caller, CancellationToken cancellationToken)
    {
        if (Bind(caller.Rows) is not { } scope)
        {
            return true;
        }

        var codes = new HashSet<string>();
        Collect(scope, codes);
        var above = new HashSet<string>();
        var own = record.Values.TryGetValue(QueryBinder.Area, out var area) ? area.ToString() : null;
        foreach (var code in codes)
        {
            if (own is not null && (await areas.SubtreeAsync(code, cancellationToken)).Contains(own))
            {
                above.Add(code);
            }
        }

        return new QueryEvaluation(
            (type, value) => catalogue.Current.IdentifierType(type.Id)?.Normalise(value)
        ).Matches(scope, record with { AreasAbove = above });
    }

    /// <summary>A person sees her own record only; everybody else any record, as far as rows go.</summary>
    private static IReadOnlyCollection<Guid> OfPerson(IReadOnlyCollection<Guid> registrants, Caller caller) =>
        caller.Kind != CallerKind.Person ? registrants
        : caller.Self is { } self && registrants.Contains(self.Value) ? [self.Value]
        : [];

    private static void Collect(BoundQuery? query, HashSet<string> codes)
    {
        switch (query)
        {
            case BoundArea area:
                codes.Add(area.Code);
                break;
            case BoundAnd and:
                and.Items.ToList().ForEach(i => Collect(i, codes));
                break;
            case BoundOr or:
                or.Items.ToList().ForEach(i => Collect(i, codes));
                break;
            case BoundNot not:
                Collect(not.Item, codes);
                break;
            case BoundAnyMember member:
                Collect(member.Member, codes);
                break;
            case BoundMemberOf group:
                Collect(group.Group, codes);
                break;
            case BoundAnyRelative relative:
                Collect(relative.Relative, codes);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1020,
            Level = LogLevel.Error,
            Message = "A caller's row rule cannot be read and admits nobody: {Places}"
        )]
        public static partial void RuleFails(ILogger logger, string places);
    }
}
