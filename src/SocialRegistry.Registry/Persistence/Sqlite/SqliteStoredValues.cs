using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Persistence.Sqlite;

internal sealed class SqliteStoredValues : IStoredValues
{
    public IQueryable<Registrant> Having(RegistryDbContext db, string field) =>
        db.Registrants.FromSql(
            $"""SELECT * FROM registry_registrants WHERE json_type("values", '$.' || {field}) IS NOT NULL"""
        );
}
