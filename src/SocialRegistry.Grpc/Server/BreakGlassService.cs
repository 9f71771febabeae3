using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class BreakGlassService(IBreakGlass glass) : V1.BreakGlass.BreakGlassBase
{
    public override async Task<V1.RegistrantReply> Open(V1.OpenGlassRequest request, ServerCallContext context)
    {
        var outcome = await glass.OpenAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            new GlassBreak { Reason = request.Reason, Fields = request.Fields is { } fields ? [.. fields.Ids] : null },
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.RegistrantReply { Registrant = outcome.OrRefuse().ToWire() };
    }
}

internal sealed class AlertsService(IAlerts alerts) : V1.Alerts.AlertsBase
{
    public override async Task<V1.ListAlertsReply> List(V1.ListAlertsRequest request, ServerCallContext context)
    {
        var filter = new AlertFilter
        {
            State = request.HasState ? request.State : null,
            Kind = request.HasKind ? request.Kind : null,
        };
        var outcome = await alerts.ListAsync(
            filter,
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ReviewAlertReply> Review(V1.ReviewAlertRequest request, ServerCallContext context)
    {
        var outcome = await alerts.ReviewAsync(
            request.AlertId.ToAlertId("alert_id"),
            new AlertReview { Note = request.Note },
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ReviewAlertReply { Alert = outcome.OrRefuse().ToWire() };
    }
}
