using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteBreakGlass(RemoteCalls calls) : IBreakGlass
{
    private readonly V1.BreakGlass.BreakGlassClient client = calls.Channel.BreakGlass;

    public Task<Outcome<RegistrantView>> OpenAsync(
        RegistrantId registrant,
        GlassBreak request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = new V1.OpenGlassRequest { RegistrantId = registrant.ToString(), Reason = request.Reason };
        if (request.Fields is { } fields)
        {
            wire.Fields = new V1.GlassFields { Ids = { fields } };
        }

        return calls.AskAsync(o => client.OpenAsync(wire, o), r => r.Registrant.ToView(), caller, cancellationToken);
    }
}

internal sealed class RemoteAlerts(RemoteCalls calls) : IAlerts
{
    private readonly V1.Alerts.AlertsClient client = calls.Channel.Alerts;

    public Task<Outcome<Page<AlertView>>> ListAsync(
        AlertFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = new V1.ListAlertsRequest { Page = page.ToWire() };
        filter.State.IfThere(state => wire.State = state);
        filter.Kind.IfThere(kind => wire.Kind = kind);
        return calls.AskAsync(o => client.ListAsync(wire, o), Alerts.ToView, caller, cancellationToken);
    }

    public Task<Outcome<AlertView>> ReviewAsync(
        AlertId alert,
        AlertReview review,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = new V1.ReviewAlertRequest { AlertId = alert.ToString(), Note = review.Note };
        return calls.AskAsync(o => client.ReviewAsync(wire, o), r => r.Alert.ToView(), caller, cancellationToken);
    }
}
