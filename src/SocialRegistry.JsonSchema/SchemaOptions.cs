namespace SocialRegistry.JsonSchema;

/// <summary>How a schema is read and how much work it may make.</summary>
public sealed record SchemaOptions
{
    /// <summary>Documents that <c>$ref</c> and <c>$schema</c> may name. The metaschemas of 2020-12 are always there.</summary>
    public SchemaDocuments Documents { get; init; } = SchemaDocuments.None;

    /// <summary>The URI that the schema was taken from; base of relative references where it has no <c>$id</c>.</summary>
    public string BaseUri { get; init; } = "";

    /// <summary>
    /// Whether <c>format</c> refuses values. False: only where the metaschema declares the vocabulary format-assertion
    /// (what the standard says); else it is a remark.
    /// </summary>
    public bool AssertFormats { get; init; } = true;

    /// <summary>Whether a keyword or format that 2020-12 does not know is a problem of the schema. The standard passes over it.</summary>
    public bool RefuseUnknown { get; init; }

    /// <summary>Bytes of JSON (UTF-8) that one schema document may have.</summary>
    public int MaxSchemaLength { get; init; } = 1_000_000;

    /// <summary>Schemas in schemas, in all documents together.</summary>
    public int MaxSubschemas { get; init; } = 20_000;

    /// <summary>Schemas that are at work inside each other for one value, references counted.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Evaluations of a schema or a member; past it the value is refused with the keyword <c>limit</c>.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Errors reported; more are counted as "there are more".</summary>
    public int MaxErrors { get; init; } = 50;

    /// <summary>Time for all regular expressions of one validation together.</summary>
    public TimeSpan PatternTime { get; init; } = TimeSpan.FromMilliseconds(500);
}
