namespace SocialRegistry.JsonSchema;

/// <summary>What is wrong with a regular expression.</summary>
internal sealed class PatternException(string message) : Exception(message);
