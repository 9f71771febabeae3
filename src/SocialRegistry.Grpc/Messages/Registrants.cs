using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Registrants
{
    public static V1.Identifier ToWire(this Identifier identifier)
    {
        var wire = new V1.Identifier { Type = identifier.Type, Value = identifier.Value };
        identifier.IssuedOn.IfThere(day => wire.IssuedOn = day);
        identifier.ExpiresOn.IfThere(day => wire.ExpiresOn = day);
        identifier.Issuer.IfThere(issuer => wire.Issuer = issuer);
        return wire;
    }

    public static Identifier ToView(this V1.Identifier identifier) =>
        new(identifier.Type, identifier.Value)
        {
            IssuedOn = identifier.HasIssuedOn ? identifier.IssuedOn.ToDate("issued_on") : null,
            ExpiresOn = identifier.HasExpiresOn ? identifier.ExpiresOn.ToDate("expires_on") : null,
            Issuer = identifier.HasIssuer ? identifier.Issuer : null,
        };

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
            Relationships = view.Relationships?.ToWire(),
            Masked = { view.Masked },
            Warnings =
            {
                view.Warnings.Select(w => new V1.RegistrantWarning
                {
                    Code = w.Code,
                    RegistrantId = w.Registrant.ToString(),
                }),
            },
        };
        wire.Values.AddJson(view.Values);
        wire.Derived.AddJson(view.Derived);
        if (view.MergedInto is { } survivor)
        {
            wire.MergedInto = survivor.ToString();
        }

        view.StatusOn.IfThere(day => wire.StatusOn = day);
        view.MembershipsNext.IfThere(next => wire.MembershipsNext = next);
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
            StatusOn = wire.HasStatusOn ? wire.StatusOn.ToDate("status_on") : null,
            RegisteredAt = wire.RegisteredAt.ToMoment("registered_at"),
            UpdatedAt = wire.UpdatedAt.ToMoment("updated_at"),
            Values = wire.Values.ToValues(),
            Identifiers = [.. wire.Identifiers.Select(ToView)],
            Attestations = [.. wire.Attestations.Select(a => a.ToView())],
            Memberships = [.. wire.Memberships.Select(m => m.ToView())],
            MembershipsNext = wire.HasMembershipsNext ? wire.MembershipsNext : null,
            Relationships = wire.Relationships?.ToView(),
            Derived = wire.Derived.ToValues(),
            MergedInto = wire.HasMergedInto ? wire.MergedInto.ToRegistrantId("merged_into") : null,
            Masked = [.. wire.Masked],
            Warnings =
            [
                .. wire.Warnings.Select(w => new RegistrantWarning(
                    w.Code,
                    w.RegistrantId.ToRegistrantId("registrant_id")
                )),
            ],
            Pseudonym = wire.HasPseudonym ? wire.Pseudonym : null,
        };

    public static V1.CreateRegistrantRequest ToWire(this NewRegistrant registrant)
    {
        var wire = new V1.CreateRegistrantRequest
        {
            Kind = registrant.Kind,
            DryRun = registrant.DryRun,
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
            wire.EffectiveOn = date.ToString();
        }

        registrant.NamedVersion.IfThere(name => wire.NamedVersion = name);
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
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToPartialDate("effective_on") : null,
            DryRun = wire.DryRun,
            NamedVersion = wire.HasNamedVersion ? wire.NamedVersion : null,
        };

    public static V1.ChangeStatusRequest ToWire(this StatusChange change, RegistrantId id)
    {
        var wire = new V1.ChangeStatusRequest
        {
            Id = id.ToString(),
            ExpectedVersion = change.ExpectedVersion,
            Status = change.Status,
            Reason = change.Reason,
            DryRun = change.DryRun,
        };
        change.On.IfThere(day => wire.On = day);
        return wire;
    }

    public static StatusChange ToRequest(this V1.ChangeStatusRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            Status = wire.Status,
            Reason = wire.Reason,
            On = wire.HasOn ? wire.On.ToDate("on") : null,
            DryRun = wire.DryRun,
        };

    public static V1.UpdateRegistrantRequest ToWire(this RegistrantPatch patch, RegistrantId id)
    {
        var wire = new V1.UpdateRegistrantRequest
        {
            Id = id.ToString(),
            ExpectedVersion = patch.ExpectedVersion,
            DryRun = patch.DryRun,
        };
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
            wire.EffectiveOn = date.ToString();
        }

        patch.NamedVersion.IfThere(name => wire.NamedVersion = name);
        return wire;
    }

    public static RegistrantPatch ToRequest(this V1.UpdateRegistrantRequest wire) =>
        new()
        {
            ExpectedVersion = wire.ExpectedVersion,
            Values = wire.Values.ToValues(),
            Identifiers = wire.Identifiers is { } identifiers ? [.. identifiers.Items.Select(ToView)] : null,
            Reason = wire.HasReason ? wire.Reason : null,
            EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToPartialDate("effective_on") : null,
            DryRun = wire.DryRun,
            NamedVersion = wire.HasNamedVersion ? wire.NamedVersion : null,
        };

    public static V1.ReadOptions ToWire(this ReadOptions options)
    {
        var wire = new V1.ReadOptions
        {
            Attestations = options.Attestations,
            Memberships = options.Memberships,
            Relationships = options.Relationships,
            Derived = options.Derived,
            CurrentIdentifiersOnly = options.CurrentIdentifiersOnly,
            OnlyNamedIdentifiers = options.OnlyNamedIdentifiers,
        };
        if (options.Fields is { } fields)
        {
            wire.Fields = new V1.FieldIds { Items = { fields } };
        }

        if (options.Version is { } version)
        {
            wire.Version = version;
        }

        options.NamedVersion.IfThere(name => wire.NamedVersion = name);
        options.Effective.IfThere(day => wire.Effective = day);
        wire.AsOf = options.AsOf?.ToWire();
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
                Relationships = wire.Relationships,
                Derived = wire.Derived,
                CurrentIdentifiersOnly = wire.CurrentIdentifiersOnly,
                OnlyNamedIdentifiers = wire.OnlyNamedIdentifiers,
                Version = wire.HasVersion ? wire.Version : null,
                NamedVersion = wire.HasNamedVersion ? wire.NamedVersion : null,
                AsOf = wire.AsOf is null ? null : wire.AsOf.ToMoment("as_of"),
                Effective = wire.HasEffective ? wire.Effective.ToDate("effective") : null,
            };
}
