using System.Globalization;
using System.Numerics;

namespace SocialRegistry.LinkedData;

/// <summary>
/// The curves y² = x³ + ax + b whose prime leaves 3 when divided by 4, so that a square root is one power (SEC 1 §2.3.4). For public
/// values only: the arithmetic takes time by its numbers.
/// </summary>
internal sealed class WeierstrassCurve
{
    private static readonly WeierstrassCurve P256 = new(
        32,
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        -3,
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"
    );

    private static readonly WeierstrassCurve P384 = new(
        48,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        -3,
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF"
    );

    private static readonly WeierstrassCurve Secp256K1 = new(
        32,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
        0,
        "07"
    );

    private readonly BigInteger prime;
    private readonly BigInteger a;
    private readonly BigInteger b;

    private WeierstrassCurve(int size, string prime, int a, string b)
    {
        Size = size;
        this.prime = Number(prime);
        this.a = a;
        this.b = Number(b);
    }

    /// <summary>Bytes of a coordinate.</summary>
    public int Size { get; }

    public static WeierstrassCurve? Of(string name) =>
        name switch
        {
            "P-256" => P256,
            "P-384" => P384,
            "secp256k1" => Secp256K1,
            _ => null,
        };

    public bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var (px, py) = (Number(x), Number(y));
        return px < prime && py < prime && (py * py - Right(px)) % prime == 0;
    }

    /// <param name="point">02 or 03 (the last bit of y), then x.</param>
    public bool TryDecompress(ReadOnlySpan<byte> point, out byte[] y)
    {
        y = new byte[Size];
        if (point.Length != Size + 1 || point[0] is not (2 or 3))
        {
            return false;
        }

        var x = Number(point[1..]);
        if (x >= prime)
        {
            return false;
        }

        var square = Right(x);
        var root = BigInteger.ModPow(square, (prime + 1) / 4, prime);
        if (root * root % prime != square)
        {
            return false;
        }

        if (root.IsEven != (point[0] == 2))
        {
            root = prime - root;
        }

        var bytes = root.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(y.AsSpan(Size - bytes.Length));
        return true;
    }

    private BigInteger Right(BigInteger x)
    {
        var right = (x * x * x + a * x + b) % prime;
        return right.Sign < 0 ? right + prime : right;
    }

    private static BigInteger Number(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
