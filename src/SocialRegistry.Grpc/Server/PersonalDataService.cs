using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class PersonalDataService(IPersonalData data) : V1.PersonalData.PersonalDataBase
{
    public override async Task<V1.DisclosureReportReply> Report(
        V1.DisclosureReportRequest request,
        ServerCallContext context
    ) =>
        (
            await data.ReportAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.ToQuery(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ExportPersonReply> Export(
        V1.ExportPersonRequest request,
        ServerCallContext context
    ) =>
        (
            await data.ExportAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.Part,
                request.Language,
                request.Page.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToExport();
}
