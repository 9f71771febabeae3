using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Persistence;

/// <summary>Asks the database which records have a value in a field; each provider looks into JSON in its own words.</summary>
internal interface IStoredValues
{
    /// <summary>Records with a value in the field, of whatever kind.</summary>
    IQueryable<Registrant> Having(RegistryDbContext db, string field);
}
