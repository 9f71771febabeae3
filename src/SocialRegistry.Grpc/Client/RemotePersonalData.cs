using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemotePersonalData(RemoteCalls calls) : IPersonalData
{
    private readonly V1.PersonalData.PersonalDataClient client = calls.Channel.PersonalData;

    public Task<Outcome<DisclosureReport>> ReportAsync(
        RegistrantId registrant,
        DisclosureReportQuery query,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync(
            o => client.ReportAsync(query.ToWire(registrant), o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );

    public Task<Outcome<Page<string>>> ExportAsync(
        RegistrantId registrant,
        string part,
        string language,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ExportPersonRequest
        {
            RegistrantId = registrant.ToString(),
            Part = part,
            Language = language,
            Page = page.ToWire(),
        };
        return calls.AskAsync(o => client.ExportAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }
}
