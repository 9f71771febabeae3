using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Registrants
{
    public static V1.Identifier ToWire(this Identifier identifier) =>
        new() { Type = identifier.Type, Value = identifier.Value };

    public static Identifier ToView(this V1.Identifier identifier) => new(identifier.Type, identifier.Value);

    public static V1.Registrant ToWire(this RegistrantView view)
    {
        var wire = new V1.Registrant
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            Version = view.Version,
            Status = view.Status,
            RegisteredAt = view.RegisteredAt.ToWire(),
            UpdatedAt = view.UpdatedAt.ToWire(),
            Identifiers = { view.Identifiers.Select(ToWire) },
            Attestations = { view.Attestations.Select(a => a.ToWire()) },
            Memberships = { view.Memberships.Select(m => m.ToWire()) },
        };
        wire.Values.AddJson(view.Values);
        if (view.Pseudonym is { } pseudonym)
        {
            wire.Pseudonym = pseudonym;
        }

        return wire;
    }

    public static RegistrantView ToView(this V1.Registrant wire) =>
        new()
        {
            Id = wire.Id.ToRegistrantId("id"),
            Kind = wire.Kind,
            Version = wire.Version,
            Status = wire.Status,
            RegisteredAt = wire.RegisteredAt.ToMoment("registered_at"),
            UpdatedAt = wire.UpdatedAt.ToMoment("updated_at"),
            Values = wire.Values.ToValues(),
            Identifiers = [.. wire.Identifiers.Select(ToView)],
            Attestations = [.. wire.Attestations.Select(a => a.ToView())],
            Memberships = [.. wire.Memberships.Select(m => m.ToView())],
            Pseudonym = wire.HasPseudonym ? wire.Pseudonym : null,
        };

    public static V1.CreateRegistrantRequest ToWire(this NewRegistrant registrant)
    {
        var wire = new V1.CreateRegistrantRequest
        {
            Kind = registrant.Kind,
            Identifiers = { registrant.Identifiers.Select(ToWire) },
            Generate = { registrant.Generate },
        };
        wire.Values.AddJson(registrant.Values);
        if (registrant.IdempotencyKey is { } key)
        {
            wire.IdempotencyKey = key;
        }

        if (registrant.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (registrant.EffectiveOn is { } date)
        {
            wire.EffectiveOn = date.ToWire();
        }

        return wire;
    }

    public static NewRegistrant ToRequest(this V1.CreateRegistrantRequest wire) =>
        new()
        {
            Kind = wire.Kind,
            Values = wire.Values.ToValues(),
            Identifiers = [.. wire.Identifiers.Select(ToView)],
            Generate = [.. wire.Generate],
            IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
            Reason = wire.HasReason ? wire.Reason : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
        };

    public static V1.UpdateRegistrantRequest ToWire(this RegistrantPatch patch, RegistrantId id)
    {
        var wire = new V1.UpdateRegistrantRequest { Id = id.ToString(), ExpectedVersion = patch.ExpectedVersion };
        wire.Values.AddJson(patch.Values);
        if (patch.Identifiers is { } identifiers)
        {
            wire.Identifiers = new V1.Identifiers { Items = { identifiers.Select(ToWire) } };
        }

        if (patch.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (patch.EffectiveOn is { } date)
        {
            wire.EffectiveOn = date.ToWire();
        }

        return wire;
    }

    public static RegistrantPatch ToRequest(this V1.UpdateRegistrantRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            Values = wire.Values.ToValues(),
            Identifiers = wire.Identifiers is { } identifiers ? [.. identifiers.Items.Select(ToView)] : null,
            Reason = wire.HasReason ? wire.Reason : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
        };

    public static V1.ReadOptions ToWire(this ReadOptions options)
    {
        var wire = new V1.ReadOptions { Attestations = options.Attestations, Memberships = options.Memberships };
        if (options.Fields is { } fields)
        {
            wire.Fields = new V1.FieldIds { Items = { fields } };
        }

        if (options.Version is { } version)
        {
            wire.Version = version;
        }

        return wire;
    }

    /// <summary>Options left out mean the defaults.</summary>
    public static ReadOptions ToRequest(this V1.ReadOptions? wire) =>
        wire is null
            ? ReadOptions.Default
            : new ReadOptions
            {
                Fields = wire.Fields is { } fields ? [.. fields.Items] : null,
                Attestations = wire.Attestations,
                Memberships = wire.Memberships,
                Version = wire.HasVersion ? wire.Version : null,
            };
}
