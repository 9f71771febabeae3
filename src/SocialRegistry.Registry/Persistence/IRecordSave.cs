namespace SocialRegistry.Registry.Persistence;

/// <summary>Saves what is tracked about a few records in one transaction, in as few round trips as the database allows.</summary>
internal interface IRecordSave
{
    Task SaveAsync(RegistryDbContext db, CancellationToken cancellationToken);
}
