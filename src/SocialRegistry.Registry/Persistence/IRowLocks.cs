namespace SocialRegistry.Registry.Persistence;

/// <summary>
/// Locks held to the end of the transaction, for rules over rows of several registrants. On SQLite a transaction that writes is alone
/// from its beginning.
/// </summary>
internal interface IRowLocks
{
    /// <summary>Nobody else changes these records or what hangs on them; those that want the same wait. Taken in the order of ids; groups are asked for before persons.</summary>
    Task LockRegistrantsAsync(RegistryDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>No values are stored until the end of the transaction: those under way are waited for, later ones wait. For who changes the catalogue.</summary>
    Task LockCatalogueAsync(RegistryDbContext db, CancellationToken cancellationToken);

    /// <summary>Relation types stay as they are, for who uses them; alone, for who changes them.</summary>
    Task LockRelationTypesAsync(RegistryDbContext db, bool alone, CancellationToken cancellationToken);

    /// <summary>A named version stays open, for who joins it; alone, for who closes it.</summary>
    Task LockNamedVersionAsync(RegistryDbContext db, string name, bool alone, CancellationToken cancellationToken);
}
