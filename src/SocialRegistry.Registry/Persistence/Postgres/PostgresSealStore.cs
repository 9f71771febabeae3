using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Persistence.Postgres;

internal sealed class PostgresSealStore : ISealStore
{
    public async Task<LogState?> TakeAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        (
            await db
                .LogStates.FromSql($"select * from registry.log_state where id = 1 for update skip locked")
                .ToListAsync(cancellationToken)
        ).SingleOrDefault();

    public async Task RemoveAsync(
        RegistryDbContext db,
        IReadOnlyList<QueuedLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        var numbers = leaves.Select(l => l.Number).ToArray();
        var owners = leaves.Select(l => l.Owner).ToArray();
        var kinds = leaves.Select(l => l.Kind).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from registry.log_queue q using unnest({numbers}, {owners}, {kinds}) u(number, owner, kind)
            where q.number = u.number and q.owner = u.owner and q.kind = u.kind
            """,
            cancellationToken
        );
    }

    public Task<IDbContextTransaction> BeginReadingAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
}
