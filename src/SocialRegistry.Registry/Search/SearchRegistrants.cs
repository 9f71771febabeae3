using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Search;

/// <summary>Searches by a query, page by page.</summary>
internal sealed partial class SearchRegistrants(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    ShowRecords show,
    RowRules rules,
    WaitingIndexes indexes,
    SearchCursors cursors,
    SearchPast past,
    FieldCatalogue catalogue,
    ISearchDialect dialect,
    RegistryOptions options,
    TimeProvider time,
    ILogger<SearchRegistrants> logger
)
{
    private const int MostItems = 500;

    public async Task<Outcome<SearchPage>> HandleAsync(
        SearchRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, request.Options, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        if (request.Options.AsOf is not null || request.Options.Effective is not null)
        {
            return await past.HandleAsync(request, gate.Value, cancellationToken);
        }

        var plan = Plan(request, caller);
        if (!plan.Succeeded)
        {
            return plan.Problem;
        }

        var started = time.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(options.SearchTimeout);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var hits = new Hits();
        try
        {
            using (dialect.Limit(db.Database.GetDbConnection(), options.SearchTimeout, cancellationToken))
            {
                if (await indexes.RefuseAsync(db, plan.Value.Query, plan.Value.Sort, cancellationToken) is { } refused)
                {
                    return refused;
                }

                await FindAsync(db, plan.Value, caller, hits, cancellationToken);
            }

            Log.Searched(logger, hits.Records.Count, time.GetElapsedTime(started).TotalMilliseconds);
            return await AnswerAsync(db, plan.Value, gate.Value, hits, cancellationToken);
        }
        catch (Exception e) when (dialect.IsTimeout(e) && !cancellationToken.IsCancellationRequested)
        {
            Log.TooSlow(logger, time.GetElapsedTime(started).TotalMilliseconds);
            return SearchProblems.TooSlow;
        }
        finally
        {
            hits.Records.ForEach(r => r.Dispose());
        }
    }

    private Outcome<SearchPlan> Plan(SearchRequest request, Caller caller)
    {
        if (request.Page.Size is < 1 or > MostItems)
        {
            return SearchProblems.Invalid("page.size", "range", $"A page has 1 to {MostItems} items.");
        }

        if (request.Options.IsPast)
        {
            return Problem.Invalid("registrants.version_not_here", "Past versions are read one by one, by id.");
        }

        var query = catalogue.Current.Queries.Bind(request.Query, caller.Filters);
        if (!query.Succeeded)
        {
            return query.Problem;
        }

        var sort = SearchSort.Bind(request.Sort, catalogue.Current.Queries, caller.Filters);
        if (!sort.Succeeded)
        {
            return sort.Problem;
        }

        var binding = SearchCursors.Binding(request, caller);
        var after = request.Page.After is { } text ? cursors.Open(text, binding) : null;
        return request.Page.After is not null && after?.Values.Count != sort.Value.Keys.Count
            ? SearchProblems.Cursor
            : new SearchPlan(request, query.Value, sort.Value, binding, after);
    }

    private async Task FindAsync(
        RegistryDbContext db,
        SearchPlan plan,
        Caller caller,
        Hits hits,
        CancellationToken cancellationToken
    )
    {
        var wanted = plan.Request.Page.Size + 1;
        foreach (var phase in SearchPhase.Of(plan.Sort, plan.After))
        {
            var sql = new SearchSql(dialect);
            var conditions = await rules.ConditionsAsync(sql, caller, plan.Query, cancellationToken);
            var statement =
                $"select r.* from {dialect.Table("registrants")} r"
                + $" where {OfCaller(sql, conditions, plan, caller)} and {phase.Condition(sql, "r")}"
                + $" order by {phase.Order(dialect, "r")} limit {wanted - hits.Records.Count}";
            var found = await store.ReadAsync(
                db,
                db.Registrants.FromSqlRaw(statement, [.. sql.Parameters]),
                cancellationToken
            );
            hits.Records.AddRange(found.OrderBy(r => r, plan.Sort));
            if (hits.Records.Count == wanted)
            {
                break;
            }
        }

        if (plan.Request.Count != SearchCount.None)
        {
            await CountAsync(db, plan, caller, hits, cancellationToken);
        }
    }

    private async Task CountAsync(
        RegistryDbContext db,
        SearchPlan plan,
        Caller caller,
        Hits hits,
        CancellationToken cancellationToken
    )
    {
        var most = plan.Request.Count == SearchCount.Exact ? SearchPage.MostCounted : SearchPage.MostEstimated;
        var sql = new SearchSql(dialect);
        var conditions = await rules.ConditionsAsync(sql, caller, plan.Query, cancellationToken);
        var statement =
            $"select count(*) as \"Value\" from (select 1 from {dialect.Table("registrants")} r"
            + $" where {OfCaller(sql, conditions, plan, caller)} limit {most + 1}) counted";
        var counted = await db
            .Database.SqlQueryRaw<long>(statement, [.. sql.Parameters])
            .SingleAsync(cancellationToken);
        (hits.Total, hits.TotalIsExact) = (Math.Min(counted, most), counted <= most);
    }

    private static string OfCaller(SearchSql sql, SearchConditions conditions, SearchPlan plan, Caller caller) =>
        conditions.Of(plan.Query, "r", plan.Sort.Keys.Select(k => k.Field))
        + (caller.Kind == CallerKind.Person ? $" and r.id = {sql.Value(caller.Self?.Value ?? Guid.Empty)}" : "");

    private async Task<Outcome<SearchPage>> AnswerAsync(
        RegistryDbContext db,
        SearchPlan plan,
        ReadGate gate,
        Hits hits,
        CancellationToken cancellationToken
    )
    {
        var page = hits.Records.Take(plan.Request.Page.Size).ToList();
        var shown = await show.ShowAsync(db, page, plan.Request.Options, gate, cancellationToken);
        var next = hits.Records.Count > page.Count ? cursors.Seal(plan.Sort.PositionOf(page[^1]), plan.Binding) : null;
        return new SearchPage(shown, next) { Total = hits.Total, TotalIsExact = hits.TotalIsExact };
    }

    private sealed record SearchPlan(
        SearchRequest Request,
        BoundQuery Query,
        SearchSort Sort,
        byte[] Binding,
        SearchPosition? After
    );

    private sealed class Hits
    {
        /// <summary>One more than the page, when there is one.</summary>
        public List<OpenRecord> Records { get; } = [];

        public long? Total { get; set; }

        public bool TotalIsExact { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1021,
            Level = LogLevel.Debug,
            Message = "A search found {Hits} in {Milliseconds:F1} ms"
        )]
        public static partial void Searched(ILogger logger, int hits, double milliseconds);

        [LoggerMessage(
            EventId = 1022,
            Level = LogLevel.Warning,
            Message = "A search was ended after {Milliseconds:F0} ms (Registry:SearchTimeout)"
        )]
        public static partial void TooSlow(ILogger logger, double milliseconds);
    }
}
