using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class IdentifierPools
{
    public static V1.IssueIdentifierReply ToWire(this IssuedIdentifier issued) =>
        new() { Identifier = issued.Identifier.ToWire(), Version = issued.Version };

    public static IssuedIdentifier ToView(this V1.IssueIdentifierReply wire) =>
        new(
            wire.Identifier?.ToView()
                ?? throw UnreadableMessageException.Of("identifier", "required", "expected an identifier"),
            wire.Version
        );

    public static V1.Pool ToWire(this IdentifierPoolView view) =>
        new()
        {
            Type = view.Type,
            Available = view.Available,
            Issued = view.Issued,
            Target = view.Target,
        };

    public static IdentifierPoolView ToView(this V1.Pool wire) =>
        new(wire.Type, wire.Available, wire.Issued, wire.Target);

    public static V1.IdentifierGenerator ToWire(this IdentifierGeneratorView view) =>
        new()
        {
            Length = view.Length,
            Alphabet = view.Alphabet,
            MaxRun = view.MaxRun,
            MaxSequence = view.MaxSequence,
            RepeatedBlock = view.RepeatedBlock,
            MaxEvenRun = view.MaxEvenRun,
            DifferentEnds = view.DifferentEnds,
            NoLeadingZeroOrOne = view.NoLeadingZeroOrOne,
            Forbidden = { view.Forbidden },
            PoolSize = view.PoolSize,
        };

    public static IdentifierGeneratorView ToView(this V1.IdentifierGenerator wire) =>
        new()
        {
            Length = wire.Length,
            Alphabet = wire.Alphabet,
            MaxRun = wire.MaxRun,
            MaxSequence = wire.MaxSequence,
            RepeatedBlock = wire.RepeatedBlock,
            MaxEvenRun = wire.MaxEvenRun,
            DifferentEnds = wire.DifferentEnds,
            NoLeadingZeroOrOne = wire.NoLeadingZeroOrOne,
            Forbidden = [.. wire.Forbidden],
            PoolSize = wire.PoolSize,
        };
}
