namespace SocialRegistry.Contracts;

/// <summary>A registrant named by her id or by an identifier; exactly one of the two.</summary>
public sealed record PersonReference
{
    public RegistrantId? Id { get; init; }

    public Identifier? Identifier { get; init; }

    public static PersonReference Of(RegistrantId id) => new() { Id = id };

    public static PersonReference Of(Identifier identifier) => new() { Identifier = identifier };
}
