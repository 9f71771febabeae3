using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>
/// One round trip instead of three: statements that are sent together are one transaction to the server, which commits at their end, so
/// that neither begin nor commit has to be said. It undoes them when one of them fails, but not when one finds no row. So this way is
/// taken for new rows, and for records whose change entry comes with them: of a stale record it has the number of one that stands, and
/// fails. Rows that are to be deleted may be gone already, and take the usual way.
/// </summary>
internal sealed class PostgresRecordSave : IRecordSave
{
    /// <summary>Far below the number of statements that are sent together.</summary>
    private const int MostRows = 100;

    public async Task SaveAsync(RegistryDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null || !StaleFails(db.ChangeTracker.Entries()))
        {
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        var before = db.Database.AutoTransactionBehavior;
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            db.Database.AutoTransactionBehavior = before;
        }
    }

    private static bool StaleFails(IEnumerable<EntityEntry> tracked)
    {
        var rows = tracked.Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();
        var entries = rows.Where(e => e.State == EntityState.Added)
            .Select(e => e.Entity)
            .OfType<ChangeEntry>()
            .Select(c => (c.RegistrantId, c.Sequence))
            .ToHashSet();
        return rows.Count <= MostRows
            && rows.All(e =>
                e.State == EntityState.Added || (e.State == EntityState.Modified && HasNextEntry(e, entries))
            );
    }

    private static bool HasNextEntry(EntityEntry row, HashSet<(Guid, long)> entries) =>
        row.Entity is Registrant record
        && row.Property(nameof(Registrant.Sequence)).OriginalValue is long last
        && entries.Contains((record.Id, last + 1));
}
