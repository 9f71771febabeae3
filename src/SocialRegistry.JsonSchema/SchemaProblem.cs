namespace SocialRegistry.JsonSchema;

/// <summary>Something wrong with a schema itself.</summary>
/// <param name="Path">Where: <c>#</c> and a JSON pointer, after the document's URI when it is not the schema handed in.</param>
/// <param name="Code">One of <see cref="Codes" />.</param>
/// <param name="Detail">What is wrong, for the author of the schema.</param>
public sealed record SchemaProblem(string Path, string Code, string Detail)
{
    /// <summary>The kinds of problem.</summary>
    public static class Codes
    {
        /// <summary>The text is not JSON.</summary>
        public const string NotJson = "not_json";

        /// <summary>Against the metaschema: a keyword has a value of a form that it cannot have.</summary>
        public const string Form = "form";

        /// <summary>A keyword or format that 2020-12 does not know.</summary>
        public const string Unknown = "unknown";

        /// <summary>A regular expression that is none (ECMA-262, unicode mode).</summary>
        public const string Pattern = "pattern";

        /// <summary>A reference that leads nowhere.</summary>
        public const string Reference = "reference";

        /// <summary>A dialect, metaschema or vocabulary that is not known here.</summary>
        public const string Dialect = "dialect";

        /// <summary>Two schemas of one identifier or anchor.</summary>
        public const string Duplicate = "duplicate";

        /// <summary>Too large or too deep.</summary>
        public const string Limit = "limit";
    }
}
