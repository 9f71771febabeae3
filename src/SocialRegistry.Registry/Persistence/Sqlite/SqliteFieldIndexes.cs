using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;

namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>Expression indexes on the values; writers wait while one is built. Field ids are snake_case, checked by the catalogue.</summary>
[SuppressMessage(
    "Security",
    "EF1002",
    Justification = "Names and ids are made of lower-case letters, digits and underscores."
)]
internal sealed class SqliteFieldIndexes(IDbContextFactory<RegistryDbContext> contexts, WriteGate gate) : IFieldIndexes
{
    public bool Supports(FieldView field) => FieldIndexForm.IsScalar(field);

    public async Task<bool> EnsureAsync(FieldView field, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        foreach (var form in FieldIndexForm.Forms.Where(f => f != FieldIndexForm.Form(field)))
        {
            await DropAsync(db, FieldIndexForm.Name(field.Kind, field.Id, form), cancellationToken);
        }

        var name = FieldIndexForm.Name(field.Kind, field.Id, FieldIndexForm.Form(field));
        await db.Database.ExecuteSqlRawAsync(
            $"CREATE INDEX IF NOT EXISTS {name} ON registry_registrants ({Expression(field)}, id) WHERE kind = '{field.Kind}'",
            cancellationToken
        );
        return true;
    }

    private static string Expression(FieldView field)
    {
        var value = $"json_extract(\"values\", '$.{field.Id}')";
        return FieldIndexForm.IsNumber(field)
            ? $"(case when typeof({value}) in ('integer', 'real') then {value} end)"
            : value;
    }

    public async Task DropAsync(string kind, string field, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var form in FieldIndexForm.Forms)
        {
            await DropAsync(db, FieldIndexForm.Name(kind, field, form), cancellationToken);
        }
    }

    private static Task DropAsync(RegistryDbContext db, string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync($"DROP INDEX IF EXISTS {name}", cancellationToken);
}
