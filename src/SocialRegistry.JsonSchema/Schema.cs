using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>A JSON Schema (draft 2020-12) that was read, checked and bound. Immutable, may be used by many threads at once.</summary>
public sealed class Schema
{
    private readonly Node root;
    private readonly SchemaOptions options;

    internal Schema(Node root, SchemaOptions options) => (this.root, this.options) = (root, options);

    internal Node Root => root;

    /// <summary>Reads a schema, holds it against its metaschema and binds every reference. Nothing is fetched from anywhere.</summary>
    public static SchemaCompilation Compile(JsonElement schema, SchemaOptions? options = null) =>
        SchemaCompiler.Compile(schema, options ?? new SchemaOptions());

    /// <inheritdoc cref="Compile(JsonElement, SchemaOptions?)" />
    public static SchemaCompilation Compile(string schema, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        try
        {
            using var document = JsonDocument.Parse(
                schema,
                new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }
            );
            return Compile(document.RootElement, options);
        }
        catch (JsonException)
        {
            return SchemaCompilation.Failed(
                new SchemaProblem(
                    "#",
                    SchemaProblem.Codes.NotJson,
                    "This is not JSON of at most 64 levels with every member once."
                )
            );
        }
    }

    /// <summary>Holds a value against the schema.</summary>
    public SchemaResult Validate(JsonElement value)
    {
        var run = new Run(options);
        try
        {
            var instance = new Instance(value);
            root.Evaluate(ref instance, run, outer: null);
            return run.ToResult();
        }
        catch (NumberTooLongException)
        {
            run.Stop(root, "A number has too many digits.");
            return run.ToResult();
        }
        catch (InvalidOperationException) when (HalfSurrogate.StandsIn(value))
        {
            return SchemaResult.Of(
                new SchemaError("", root.Location, "type", "A text or a name holds half a surrogate pair.")
            );
        }
    }

    /// <summary>Only whether the value fits; faster, because it stops at the first error.</summary>
    public bool IsValid(JsonElement value)
    {
        var run = new Run(options) { Quiet = true };
        try
        {
            var instance = new Instance(value);
            return root.Evaluate(ref instance, run, outer: null) && run.Limit is null;
        }
        catch (NumberTooLongException)
        {
            return false;
        }
        catch (InvalidOperationException) when (HalfSurrogate.StandsIn(value))
        {
            return false;
        }
    }
}
