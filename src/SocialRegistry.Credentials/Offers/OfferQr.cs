using System.Text;
using QRCoder;

namespace SocialRegistry.Credentials.Offers;

/// <summary>An offer as QR code (ISO/IEC 18004), error correction level M.</summary>
internal static class OfferQr
{
    private const int PixelsPerModule = 6;

    public static byte[] Svg(string offerUri)
    {
        using var data = QRCodeGenerator.GenerateQrCode(offerUri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return Encoding.UTF8.GetBytes(code.GetGraphic(PixelsPerModule));
    }

    public static byte[] Png(string offerUri)
    {
        using var data = QRCodeGenerator.GenerateQrCode(offerUri, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
