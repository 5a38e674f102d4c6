package dev.resnet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorBytesTest {
    @Test
    void widensEveryFloat16ToItsOwnValue() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            double magnitude = switch (exponent) {
                case 0 -> fraction * 0x1p-24;
                case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                default -> (1024 + fraction) * Math.pow(2, exponent - 25);
            };
            Float expected = (float) (bits >> 15 == 0 ? magnitude : -magnitude);

            assertThat(only(ElementType.FLOAT16, bytes(Short.BYTES).putShort((short) bits)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void widensBfloat16ByZeroBits() {
        assertThat(only(ElementType.BFLOAT16, bytes(Short.BYTES).putShort((short) 0x4049)))
                .isEqualTo(3.140625f);
    }

    @Test
    void roundsFloat64ToTheNearestFloat32AndTiesToEven() {
        assertThat(only(ElementType.FLOAT64, bytes(Double.BYTES).putDouble(0.1)))
                .isEqualTo(0.1f);
        assertThat(only(ElementType.FLOAT64, bytes(Double.BYTES).putDouble(1 + 0x1p-24)))
                .isEqualTo(1f);
        assertThat(only(ElementType.FLOAT64, bytes(Double.BYTES).putDouble(1 + 3 * 0x1p-24)))
                .isEqualTo(1 + 0x1p-22f);
        assertThat(only(ElementType.FLOAT64, bytes(Double.BYTES).putDouble(Double.NEGATIVE_INFINITY)))
                .isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void refusesAFloat64BeyondFloat32() {
        assertThatThrownBy(() -> only(ElementType.FLOAT64, bytes(Double.BYTES).putDouble(-1e39)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("weight", "-1.0E39", "beyond float32");
    }

    @Test
    void writesWhatItReadsOverMoreThanOnePiece() throws IOException {
        Shape shape = Shape.of(3, 10_000);
        float[] floats = new float[30_000];
        long[] longs = new long[30_000];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(i * 0x10001);
            longs[i] = i * 0x1_0000_0001L;
        }
        for (Tensor tensor : new Tensor[] {new FloatTensor(new NdArray(shape, floats)), new LongTensor(shape, longs)}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            TensorBytes.write(tensor, out);

            assertThat(TensorBytes.size(tensor)).isEqualTo(out.size());
            assertThat(TensorBytes.decode("weight", tensor.elementType(), shape, ByteBuffer.wrap(out.toByteArray())))
                    .isEqualTo(tensor);
        }
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float only(ElementType type, ByteBuffer bytes) {
        FloatTensor tensor = (FloatTensor) TensorBytes.decode("weight", type, Shape.of(), bytes.flip());
        return tensor.array().get();
    }
}
