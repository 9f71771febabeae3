using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Searches the records as they were at a moment: no index knows the past, so records are looked at one after the other in the order of
/// ids, each brought back and asked the query. One call looks at <see cref="RegistryOptions.PastSearchRecords"/> at most and goes on at
/// its cursor, so a page may hold few hits or none and still have a next one.
/// </summary>
internal sealed class SearchPast(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    PastRecord past,
    PastViews views,
    RowRules rules,
    SearchCursors cursors,
    FieldCatalogue catalogue,
    IAreaTrees areas,
    ISearchDialect dialect,
    DisclosureLog disclosures,
    RegistryOptions options,
    TimeProvider time
)
{
    private const int MostItems = 500;
    private const int BatchSize = 500;

    public async Task<Outcome<SearchPage>> HandleAsync(
        SearchRequest request,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var plan = Plan(request, gate.Caller);
        if (!plan.Succeeded)
        {
            return plan.Problem;
        }

        var asked = new PastQuery(plan.Value.Query, catalogue.Current, await areas.CurrentAsync(cancellationToken));
        var (page, log) = (new List<RegistrantView>(), new List<Disclosure>());
        var (last, seen) = (plan.Value.After, 0);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(options.SearchTimeout);
        while (true)
        {
            var size = Math.Min(BatchSize, options.PastSearchRecords - seen);
            var records = await CandidatesAsync(
                db,
                plan.Value.Query,
                asked,
                gate.Caller,
                last,
                size,
                cancellationToken
            );
            try
            {
                var old = await past.FindManyAsync(
                    db,
                    [.. records.Where(r => !r.Row.IsErased)],
                    plan.Value.Point,
                    cancellationToken
                );
                foreach (var record in records)
                {
                    (last, seen) = (record.Row.Id, seen + 1);
                    if (record.Row.IsErased || !old.TryGetValue(last, out var then) || !IsHit(asked, then, gate.Caller))
                    {
                        continue;
                    }

                    var (view, row) = await views.ViewAsync(db, then, request.Options, gate, [], cancellationToken);
                    page.Add(view);
                    log.Add(row);
                    if (page.Count == request.Page.Size)
                    {
                        break;
                    }
                }

                foreach (var then in old.Values)
                {
                    then.Dispose();
                }
            }
            finally
            {
                foreach (var record in records)
                {
                    record.Dispose();
                }
            }

            var isFull = page.Count == request.Page.Size || seen >= options.PastSearchRecords;
            if (isFull || records.Count < size)
            {
                await disclosures.WriteAsync(log, cancellationToken);
                return new SearchPage(
                    page,
                    isFull ? cursors.Seal(new SearchPosition([], last), plan.Value.Binding) : null
                );
            }
        }
    }

    private Outcome<PastPlan> Plan(SearchRequest request, Caller caller)
    {
        if (!caller.May(Permissions.ReadVersions))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadVersions);
        }

        var point = PastPoint.From(request.Options, time);
        if (!point.Succeeded)
        {
            return point.Problem;
        }

        if (request.Page.Size is < 1 or > MostItems)
        {
            return SearchProblems.Invalid("page.size", "range", $"A page has 1 to {MostItems} items.");
        }

        if (request.Sort.Count > 0)
        {
            return SearchProblems.Invalid("sort", "past", "A search of the past has the order of ids only.");
        }

        if (request.Count != SearchCount.None)
        {
            return SearchProblems.Invalid("count", "past", "Hits in the past are not counted.");
        }

        var query = catalogue.Current.Queries.Bind(request.Query, caller.Filters);
        if (!query.Succeeded)
        {
            return query.Problem;
        }

        if (PastQuery.LooksAround(query.Value))
        {
            return SearchProblems.Invalid(
                "query",
                "past",
                "A search of the past asks about records themselves: anyMember, memberOf and anyRelative are of today."
            );
        }

        var binding = Binding(request, caller);
        var after = request.Page.After is { } text ? cursors.Open(text, binding) : null;
        return request.Page.After is not null && after is not { Values.Count: 0 }
            ? SearchProblems.Cursor
            : new PastPlan(query.Value, point.Value, binding, after?.Id ?? Guid.Empty);
    }

    private static byte[] Binding(SearchRequest request, Caller caller)
    {
        var moment = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Options.AsOf?.UtcTicks}/{request.Options.Effective:O}/"
        );
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(moment), .. SearchCursors.Binding(request, caller)]);
    }

    private async Task<IReadOnlyList<OpenRecord>> CandidatesAsync(
        RegistryDbContext db,
        BoundQuery query,
        PastQuery asked,
        Caller caller,
        Guid after,
        int size,
        CancellationToken cancellationToken
    )
    {
        // Rows and consents are the caller's of today, as everywhere in histories.
        var sql = new SearchSql(dialect);
        var conditions = await rules.ConditionsAsync(sql, caller, null, cancellationToken);
        List<string> parts = [conditions.Rule("r"), .. conditions.Covered(query, "r"), $"r.id > {sql.Value(after)}"];
        if (caller.Kind == CallerKind.Person)
        {
            parts.Add($"r.id = {sql.Value(caller.Self?.Value ?? Guid.Empty)}");
        }

        if (!PastRecord.SeesArchived(caller))
        {
            parts.Add($"r.status <> '{RegistrantStatuses.Archived}'");
        }

        if (asked.Kind is { } kind)
        {
            parts.Add($"r.kind = {sql.Value(kind)}");
        }

        var statement =
            $"select r.* from {dialect.Table("registrants")} r where {string.Join(" and ", parts)}"
            + $" order by r.id limit {size}";
        var found = await store.ReadAsync(
            db,
            db.Registrants.FromSqlRaw(statement, [.. sql.Parameters]),
            cancellationToken
        );
        return [.. found.OrderBy(r => r.Row.Id)];
    }

    private static bool IsHit(PastQuery asked, VersionThen then, Caller caller) =>
        then.Record.Document.Status != RegistrantStatuses.Archived
        && (then.Record.Row.Kind is var kind && (asked.Kind is null || asked.Kind == kind))
        && asked.IsTrueOf(then.Record)
        && (caller.Kind != CallerKind.Person || caller.Self?.Value == then.Record.Row.Id);

    private sealed record PastPlan(BoundQuery Query, PastPoint Point, byte[] Binding, Guid After);
}
