namespace SocialRegistry.Registry.Persistence;

/// <summary>Holds the rows of records until the transaction that is open on the context ends, so that a rule over several rows can be checked and kept.</summary>
internal interface IRowLocks
{
    /// <summary>Waits for the rows, in the order of their ids, whatever order they are named in. Groups are asked for before persons.</summary>
    Task LockAsync(RegistryDbContext db, IReadOnlyCollection<Guid> registrants, CancellationToken cancellationToken);
}
