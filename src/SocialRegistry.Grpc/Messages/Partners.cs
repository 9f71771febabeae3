using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Partners
{
    public static V1.Partner ToWire(this PartnerView view)
    {
        var wire = new V1.Partner
        {
            Id = view.Id,
            Scopes = { view.Scopes },
            Attributes = ToWire(view.Attributes),
            Filters = ToWire(view.Filters),
            Purposes = { view.Purposes },
            Signature = view.Signature,
            Dialect = view.Dialect,
        };
        if (view.Jwks is { } jwks)
        {
            wire.Jwks = jwks;
        }

        return wire;
    }

    public static PartnerView ToView(this V1.Partner wire) =>
        new()
        {
            Id = wire.Id,
            Scopes = wire.Scopes.ToHashSet(),
            Attributes = ToView(wire.Attributes),
            Filters = ToView(wire.Filters),
            Purposes = [.. wire.Purposes],
            Signature = wire.Signature,
            Dialect = wire.Dialect,
            Jwks = wire.HasJwks ? wire.Jwks : null,
        };

    private static V1.FieldScope ToWire(FieldScope scope) => new() { All = scope.IsAll, Ids = { scope.Ids } };

    /// <summary>An absent scope is none.</summary>
    private static FieldScope ToView(V1.FieldScope? wire) =>
        wire is null ? FieldScope.None
        : wire.All ? FieldScope.All
        : FieldScope.Of(wire.Ids);
}
