using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Alerts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Relationships;
using SocialRegistry.Registry.Sealing;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Verification;

/// <summary>The logs whose rows are leaves themselves, and the tables of which each state of a row is one.</summary>
internal sealed class VerifyOwnLogs(RegistryDbContext db, Findings findings, CancellationToken cancellationToken)
{
    public async Task RunAsync()
    {
        await CheckAsync<CatalogueChange>(LeafKinds.Catalogue, row => $"catalogue change {row.Id}");
        await CheckAsync<AreaHistory>(LeafKinds.Areas, row => $"area {row.Code} version {row.Version}");
        await CheckAsync<CatalogueVersion>(LeafKinds.CatalogueVersions, row => $"catalogue version {row.Version}");
        await CheckAsync<RelationTypeHistory>(
            LeafKinds.RelationTypes,
            row => $"relation type {row.Code} version {row.Version}"
        );
        await CheckAsync<ChangeRequestEvent>(
            LeafKinds.RequestSteps,
            row => $"change request {row.RequestId} step {row.Version}.{row.Number}"
        );
        await CheckAsync<ChangeRequest>(LeafKinds.ChangeRequests, row => $"change request {row.Id}");
        await CheckAsync<NamedVersion>(LeafKinds.NamedVersions, row => $"named version {row.Name}");
        await CheckAsync<Alert>(LeafKinds.Alerts, row => $"alert {row.Id}");
        await CheckAsync<AlertReviewRow>(LeafKinds.AlertReviews, row => $"alert-review {row.AlertId}");
        await CheckKindsAsync();
    }

    /// <summary>What stands for nothing that there is.</summary>
    private async Task CheckKindsAsync()
    {
        var leaves = await db
            .LogLeaves.AsNoTracking()
            .Where(l => l.Kind < 1 || l.Kind > LeafKinds.Most)
            .OrderBy(l => l.Owner)
            .ThenBy(l => l.Number)
            .Select(l => new { l.Owner, l.Number })
            .Take(LogReport.MostFindings)
            .ToListAsync(cancellationToken);
        var queue = await db
            .LogQueue.AsNoTracking()
            .Where(l => l.Kind < 1 || l.Kind > LeafKinds.Most)
            .OrderBy(l => l.Owner)
            .ThenBy(l => l.Number)
            .Select(l => new { l.Owner, l.Number })
            .Take(LogReport.MostFindings)
            .ToListAsync(cancellationToken);
        foreach (var leaf in leaves)
        {
            findings.Add("leaf.inserted", $"unknown {leaf.Owner}/{leaf.Number}", "There is no such kind of leaf.");
        }

        foreach (var leaf in queue)
        {
            findings.Add("queue.inserted", $"unknown {leaf.Owner}/{leaf.Number}", "There is no such kind of leaf.");
        }
    }

    private async Task CheckAsync<T>(int kind, Func<T, string> name)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var (table, isState) = (BoundTable.Of(type), type.StateKind() is not null);
        var leaves = await SealedLeaves.LoadAsync(db, kind, null, null, cancellationToken);
        await foreach (var row in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var (owner, number) = table.Place(row);
            leaves.Check(owner, number, table.Hash(row, []), name(row), findings);
            if (isState)
            {
                leaves.CheckEarlier(owner, number, name(row), findings);
            }
        }

        leaves.CheckRest((owner, number) => $"{LeafKinds.Name(kind)} {owner}/{number}", findings);
    }
}
