using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Sealing;

/// <summary>What who seals needs of the database, within its transaction.</summary>
internal interface ISealStore
{
    /// <summary>The state, held to the end of the transaction; <c>null</c> when another one holds it.</summary>
    Task<LogState?> TakeAsync(RegistryDbContext db, CancellationToken cancellationToken);

    /// <summary>Takes exactly these out of the queue.</summary>
    Task RemoveAsync(RegistryDbContext db, IReadOnlyList<QueuedLeaf> leaves, CancellationToken cancellationToken);

    /// <summary>A transaction that only reads and sees one moment throughout; writers go on beside it.</summary>
    Task<IDbContextTransaction> BeginReadingAsync(RegistryDbContext db, CancellationToken cancellationToken);
}
