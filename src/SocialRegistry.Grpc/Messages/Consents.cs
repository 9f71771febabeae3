using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Consents
{
    public static V1.ConsentTerms ToWire(this NewConsent terms)
    {
        var wire = new V1.ConsentTerms
        {
            Purposes = { terms.Purposes },
            Fields = { terms.Fields },
            Recipients = { terms.Recipients },
            CollectionMethod = terms.CollectionMethod,
            Type = terms.Type,
            ValidFrom = terms.ValidFrom?.ToWire(),
            ValidUntil = terms.ValidUntil?.ToWire(),
        };
        terms.Notice.IfThere(text => wire.Notice = text);
        terms.Language.IfThere(text => wire.Language = text);
        terms.Jurisdiction.IfThere(text => wire.Jurisdiction = text);
        terms.StorageLocation.IfThere(text => wire.StorageLocation = text);
        terms.RetentionPeriod.IfThere(text => wire.RetentionPeriod = text);
        return wire;
    }

    public static NewConsent ToView(this V1.ConsentTerms? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("terms", "required", "expected the terms of a consent")
            : new NewConsent
            {
                Purposes = [.. wire.Purposes],
                Fields = [.. wire.Fields],
                Recipients = [.. wire.Recipients],
                CollectionMethod = wire.CollectionMethod,
                Type = wire.Type,
                Notice = wire.HasNotice ? wire.Notice : null,
                Language = wire.HasLanguage ? wire.Language : null,
                Jurisdiction = wire.HasJurisdiction ? wire.Jurisdiction : null,
                StorageLocation = wire.HasStorageLocation ? wire.StorageLocation : null,
                RetentionPeriod = wire.HasRetentionPeriod ? wire.RetentionPeriod : null,
                ValidFrom = wire.ValidFrom?.ToMoment("valid_from"),
                ValidUntil = wire.ValidUntil?.ToMoment("valid_until"),
            };

    public static V1.Consent ToWire(this ConsentView view) =>
        new()
        {
            Id = view.Id.ToString("D"),
            SchemaVersion = view.SchemaVersion,
            RegistrantId = view.RegistrantId.ToString(),
            Controller = view.Controller,
            State = view.State,
            Terms = view.Terms.ToWire(),
            Events =
            {
                view.Events.Select(e => new V1.ConsentEvent
                {
                    At = e.At.ToWire(),
                    State = e.State,
                    ByKind = e.ByKind,
                    By = e.By,
                }),
            },
        };

    public static ConsentView ToView(this V1.Consent? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("consent", "required", "expected a consent")
            : new ConsentView
            {
                Id = wire.Id.ToUuid("id"),
                SchemaVersion = wire.SchemaVersion,
                RegistrantId = wire.RegistrantId.ToRegistrantId("registrant_id"),
                Controller = wire.Controller,
                State = wire.State,
                Terms = wire.Terms.ToView(),
                Events = [.. wire.Events.Select(e => new ConsentEvent(e.At.ToMoment("at"), e.State, e.ByKind, e.By))],
            };
}
