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
            Rows = view.Rows.IsAll ? null : ToWire(view.Rows),
        };
        wire.Consent = view.Consent;
        view.Name.IfThere(name => wire.Name = name);
        view.LegalGround.IfThere(ground => wire.LegalGround = ground);
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
            Rows = wire.Rows is null ? RowScope.All : ToView(wire.Rows),
            Purposes = [.. wire.Purposes],
            Signature = wire.Signature,
            Dialect = wire.Dialect,
            Jwks = wire.HasJwks ? wire.Jwks : null,
            Name = wire.HasName ? wire.Name : null,
            LegalGround = wire.HasLegalGround ? wire.LegalGround : null,
            // A rule left out is the strictest one, never none.
            Consent = wire.Consent.Length > 0 ? wire.Consent : PartnerConsent.RequiredRecord,
        };

    private static V1.FieldScope ToWire(FieldScope scope) => new() { All = scope.IsAll, Ids = { scope.Ids } };

    /// <summary>An absent scope is none.</summary>
    private static FieldScope ToView(V1.FieldScope? wire) =>
        wire is null ? FieldScope.None
        : wire.All ? FieldScope.All
        : FieldScope.Of(wire.Ids);

    private static V1.RowScope ToWire(RowScope scope)
    {
        var wire = new V1.RowScope { WithConsent = scope.WithConsent };
        if (scope.Population is { } population)
        {
            wire.Population = population.ToJson().GetRawText();
        }

        if (scope.Areas is { } areas)
        {
            wire.Areas = new V1.AreaCodes { Codes = { areas } };
        }

        return wire;
    }

    /// <summary>A scope that cannot be read is a fault of the message, never a wider scope.</summary>
    private static RowScope ToView(V1.RowScope wire)
    {
        Query? population = null;
        if (wire.HasPopulation)
        {
            var read = QueryReader.Read(wire.Population, "rows.population");
            population = read.Succeeded
                ? read.Value
                : throw UnreadableMessageException.Of("rows.population", "query", "a query tree as JSON text");
        }

        return new RowScope
        {
            Population = population,
            Areas = wire.Areas?.Codes.ToHashSet(),
            WithConsent = wire.WithConsent,
        };
    }
}
