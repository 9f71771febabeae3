using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields.Indexes;

/// <summary>Makes and drops the indexes of searchable fields in the database at hand.</summary>
internal interface IFieldIndexes
{
    /// <summary>True when this database can index values of the field: published, searchable, standing clear, and of a form that it knows.</summary>
    bool Supports(FieldView field);

    /// <summary>Makes the index unless it is there and whole; an index of another form of the same field is dropped.</summary>
    /// <returns>False when another process is at it.</returns>
    Task<bool> EnsureAsync(FieldView field, CancellationToken cancellationToken);

    /// <summary>Drops every index of the field.</summary>
    Task DropAsync(string kind, string field, CancellationToken cancellationToken);
}

/// <summary>How values of a field are indexed. The forms and names are told in the folder's README: search compiles the same expressions.</summary>
internal static class FieldIndexForm
{
    /// <summary>True when the value is one clear scalar.</summary>
    public static bool IsScalar(FieldView field) => IsClear(field) && !field.Repeated;

    /// <summary>True when the value is a list of clear scalars.</summary>
    public static bool IsList(FieldView field) => IsClear(field) && field.Repeated;

    public static bool IsNumber(FieldView field) => field.Type is FieldType.Integer or FieldType.Decimal;

    /// <summary>The name of the field's index in a form.</summary>
    public static string Name(string kind, string field, char form)
    {
        // PostgreSQL cuts names at 63 bytes; a long field id takes a hash instead of its end.
        var id =
            field.Length <= 45
                ? field
                : field[..36]
                    + "_"
                    + Convert.ToHexStringLower(
                        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(field))
                    )[..8];
        return $"ix_field_{kind[0]}_{id}_{form}";
    }

    /// <summary>Text, number, list.</summary>
    public static IReadOnlyList<char> Forms { get; } = ['t', 'n', 'l'];

    public static char Form(FieldView field) =>
        field.Repeated ? 'l'
        : IsNumber(field) ? 'n'
        : 't';

    private static bool IsClear(FieldView field) =>
        field is { Searchable: true, State: FieldState.Published, HasParts: false }
        && field.Type != FieldType.Document
        && field.Class is FieldClass.Public or FieldClass.Internal;
}
