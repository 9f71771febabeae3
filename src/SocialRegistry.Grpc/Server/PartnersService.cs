using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class PartnersService(IPartners partners) : V1.Partners.PartnersBase
{
    public override async Task<V1.FindPartnerReply> Find(V1.FindPartnerRequest request, ServerCallContext context)
    {
        // The port asks for no caller, the door does.
        CallerFeature.Of(context);
        var partner = await partners.FindAsync(request.Id, context.CancellationToken);
        return new V1.FindPartnerReply { Partner = partner?.ToWire() };
    }
}
