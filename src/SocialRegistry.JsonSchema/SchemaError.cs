namespace SocialRegistry.JsonSchema;

/// <summary>One rule that a value breaks. Holds no part of the value but names of members (in the location).</summary>
/// <param name="InstanceLocation">JSON pointer (RFC 6901) into the value; empty for the whole.</param>
/// <param name="KeywordLocation"><c>#</c> and a JSON pointer to the keyword, after the URI of the schema that holds it, when that has one.</param>
/// <param name="Keyword">The keyword, such as <c>maxLength</c>; <c>limit</c> when a bound of the work was reached.</param>
/// <param name="Message">The rule in words, with the schema's own numbers and never the value.</param>
public sealed record SchemaError(string InstanceLocation, string KeywordLocation, string Keyword, string Message);
