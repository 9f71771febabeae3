using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Alerts
{
    public static AlertId ToAlertId(this string text, string field) =>
        AlertId.TryParse(text, out var id)
            ? id
            : throw UnreadableMessageException.Of(field, "type", "expected a UUID of 36 characters");

    public static V1.ListAlertsReply ToWire(this Page<AlertView> page)
    {
        var wire = new V1.ListAlertsReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<AlertView> ToView(this V1.ListAlertsReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.Alert ToWire(this AlertView view)
    {
        var wire = new V1.Alert
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            At = view.At.ToWire(),
            ReaderKind = view.ReaderKind,
            Reader = view.Reader,
            Fields = { view.Fields },
            WindowStart = view.WindowStart?.ToWire(),
            State = view.State,
            ReviewedAt = view.ReviewedAt?.ToWire(),
        };
        view.RequestId.IfThere(id => wire.RequestId = id);
        view.Reason.IfThere(reason => wire.Reason = reason);
        view.ReviewedBy.IfThere(by => wire.ReviewedBy = by);
        view.Note.IfThere(note => wire.Note = note);
        if (view.Registrant is { } registrant)
        {
            wire.RegistrantId = registrant.ToString();
        }

        if (view.Records is { } records)
        {
            wire.Records = records;
        }

        return wire;
    }

    public static AlertView ToView(this V1.Alert? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("alert", "required", "expected an alert")
            : new AlertView
            {
                Id = wire.Id.ToAlertId("id"),
                Kind = wire.Kind,
                At = wire.At.ToMoment("at"),
                ReaderKind = wire.ReaderKind,
                Reader = wire.Reader,
                RequestId = wire.HasRequestId ? wire.RequestId : null,
                Registrant = wire.HasRegistrantId ? wire.RegistrantId.ToRegistrantId("registrant_id") : null,
                Fields = [.. wire.Fields],
                Reason = wire.HasReason ? wire.Reason : null,
                Records = wire.HasRecords ? wire.Records : null,
                WindowStart = wire.WindowStart?.ToMoment("window_start"),
                State = wire.State,
                ReviewedBy = wire.HasReviewedBy ? wire.ReviewedBy : null,
                ReviewedAt = wire.ReviewedAt?.ToMoment("reviewed_at"),
                Note = wire.HasNote ? wire.Note : null,
            };
}
