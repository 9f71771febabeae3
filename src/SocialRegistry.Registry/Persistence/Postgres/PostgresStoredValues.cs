using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Persistence.Postgres;

internal sealed class PostgresStoredValues : IStoredValues
{
    public IQueryable<Registrant> Having(RegistryDbContext db, string field) =>
        db.Registrants.FromSql($"""SELECT * FROM registry.registrants WHERE jsonb_exists("values", {field})""");
}
