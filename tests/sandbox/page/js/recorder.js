// WhatsApp's own clients record Opus in Ogg; not every browser can.
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];

/**
 * Start recording. Throws when there is no microphone or it is not allowed.
 * `stop()` resolves to the recording as a file.
 */
export async function record() {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    const type = TYPES.find((name) => MediaRecorder.isTypeSupported(name));
    const recorder = new MediaRecorder(stream, {mimeType: type});
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    return {
        stop: () =>
            new Promise((resolve) => {
                recorder.onstop = () => {
                    for (const track of stream.getTracks()) {
                        track.stop();
                    }
                    const plain = type.split(";")[0];
                    resolve(
                        new File(parts, `voice.${plain.split("/")[1]}`, {type: plain})
                    );
                };
                recorder.stop();
            }),
    };
}
