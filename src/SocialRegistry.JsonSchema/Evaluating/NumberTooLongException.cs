namespace SocialRegistry.JsonSchema;

/// <summary>A number whose exact value would take too much to hold.</summary>
internal sealed class NumberTooLongException() : Exception("A number is too long.");
