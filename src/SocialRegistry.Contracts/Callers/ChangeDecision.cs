namespace SocialRegistry.Contracts;

/// <summary>On whose word a change is carried out: a change request that was agreed to. Never taken from outside the core.</summary>
/// <param name="Request">The id of the request.</param>
/// <param name="MadeBy">Who made it, as <c>staff:ana</c>.</param>
/// <param name="ApprovedBy">Who agreed, stage by stage.</param>
public sealed record ChangeDecision(string Request, string MadeBy, IReadOnlyList<string> ApprovedBy);
