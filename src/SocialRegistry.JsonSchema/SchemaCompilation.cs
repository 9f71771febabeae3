using System.Diagnostics.CodeAnalysis;

namespace SocialRegistry.JsonSchema;

/// <summary>What became of a schema: it can be used, or it has problems.</summary>
public sealed class SchemaCompilation
{
    private readonly Schema? schema;

    private SchemaCompilation(Schema? schema, IReadOnlyList<SchemaProblem> problems) =>
        (this.schema, Problems) = (schema, problems);

    /// <summary>Empty when the schema can be used.</summary>
    public IReadOnlyList<SchemaProblem> Problems { get; }

    /// <summary>Whether there is a schema to use.</summary>
    public bool Succeeded => schema is not null;

    /// <summary>The schema.</summary>
    /// <exception cref="InvalidOperationException">It has problems.</exception>
    public Schema Schema =>
        schema
        ?? throw new InvalidOperationException(
            "The schema cannot be used: " + string.Join("; ", Problems.Select(p => $"{p.Path}: {p.Detail}"))
        );

    /// <summary>The schema, when it has no problems.</summary>
    public bool TryGet([NotNullWhen(true)] out Schema? result)
    {
        result = schema;
        return result is not null;
    }

    internal static SchemaCompilation Of(Schema schema) => new(schema, []);

    internal static SchemaCompilation Failed(params IReadOnlyList<SchemaProblem> problems) => new(null, problems);
}
