namespace SocialRegistry.Contracts;

/// <summary>Scheme and value, such as a national id (DCI <c>Identifier</c>): never a key of ours.</summary>
/// <param name="Type">An identifier type of the catalogue, compared without case.</param>
/// <param name="Value">As the person's paper shows it; normalised by the type's rule before it is compared. 1 to 200 characters.</param>
public sealed record Identifier(string Type, string Value);
