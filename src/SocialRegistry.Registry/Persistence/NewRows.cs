using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SocialRegistry.Registry.Persistence;

/// <summary>New rows of a bulk, kept beside the change tracker, which is slow for thousands. Rows may still change until they are written.</summary>
internal sealed class NewRows
{
    private readonly Dictionary<Type, List<object>> rows = [];

    public void Add(object row)
    {
        if (!rows.TryGetValue(row.GetType(), out var list))
        {
            rows[row.GetType()] = list = [];
        }

        list.Add(row);
    }

    /// <summary>Rows of one type.</summary>
    public IEnumerable<T> Of<T>() => rows.TryGetValue(typeof(T), out var list) ? list.Cast<T>() : [];

    /// <summary>Every row with its entity type.</summary>
    public IEnumerable<(IEntityType Type, object Row)> All(DbContext db) =>
        rows.SelectMany(r => r.Value.Select(row => (db.Model.FindEntityType(r.Key)!, row)));

    /// <summary>Rows by table.</summary>
    public IEnumerable<(BulkTable Table, IReadOnlyList<object> Rows)> Tables(DbContext db) =>
        rows.Select(r => (BulkTable.Of(db.Model.FindEntityType(r.Key)!), (IReadOnlyList<object>)r.Value));
}

/// <summary>Writes many new rows within the transaction that is open on the context; each database has its own quick way.</summary>
internal interface IBulkInsert
{
    Task InsertAsync(RegistryDbContext db, NewRows rows, CancellationToken cancellationToken);
}

/// <summary>A table as bulk writers see it.</summary>
internal sealed record BulkTable(string Name, IReadOnlyList<BulkColumn> Columns)
{
    public string ColumnNames => string.Join(", ", Columns.Select(c => c.Quoted));

    public static BulkTable Of(IEntityType entity) =>
        new(
            entity.GetSchema() is { } schema
                ? $"\"{schema}\".\"{entity.GetTableName()}\""
                : $"\"{entity.GetTableName()}\"",
            [.. entity.GetProperties().Select(p => new BulkColumn(p))]
        );
}

/// <summary>A column: reads its value from an entity in the form in which the database stores it.</summary>
internal sealed class BulkColumn(IProperty property)
{
    private readonly Func<object?, object?>? convert = property.GetTypeMapping().Converter?.ConvertToProvider;
    private readonly Func<object, object?> read = property.PropertyInfo!.GetValue;

    public string Quoted { get; } = $"\"{property.GetColumnName()}\"";

    /// <summary>The type without its length.</summary>
    public string StoreType { get; } = property.GetColumnType().Split('(')[0];

    public object? Value(object row) =>
        read(row) is { } value
            ? convert is null
                ? value
                : convert(value)
            : null;
}
